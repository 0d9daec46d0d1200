// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.List;
import noom.socketio.adapter.ClientAnswers;

/// What came back from a broadcast that wanted answers.
///
/// @param answers in no particular order; of a client on another server the first argument only
/// @param missingClients clients that got the event but did not answer: time-out, or gone
/// @param missingServers servers of the cluster that did not even say how many clients they asked
public record BroadcastAnswers(List<AckArguments> answers, int missingClients, int missingServers) {
    static BroadcastAnswers of(ClientAnswers answers) {
        return new BroadcastAnswers(
                answers.answers().stream().map(AckArguments::new).toList(),
                answers.missingClients(),
                answers.missingServers());
    }

    /// Whether everybody answered.
    public boolean isComplete() {
        return missingClients == 0 && missingServers == 0;
    }
}
