// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the other servers answered to a server-side event.
///
/// @param answers one of each server that answered; a list that cannot be changed
/// @param missingServers how many did not answer in time
public record ServerAnswers(List<@Nullable Object> answers, int missingServers) {
    /// Of a server that is alone.
    public static final ServerAnswers NONE = new ServerAnswers(List.of(), 0);

    /// Wraps the list.
    public ServerAnswers {
        answers = Collections.unmodifiableList(answers);
    }
}
