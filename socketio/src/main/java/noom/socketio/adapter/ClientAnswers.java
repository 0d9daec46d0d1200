// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came back from a broadcast that wanted answers.
///
/// @param answers the arguments of each; of a client on another server the first one only
/// @param missingClients those known to have got the event that did not answer
/// @param missingServers servers that did not even say how many clients they asked
public record ClientAnswers(
        List<List<@Nullable Object>> answers, int missingClients, int missingServers) {}
