// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.List;
import noom.rtc.rtcp.Rtcp;
import org.jspecify.annotations.Nullable;

/// What a sender knows of a datagram.
final class Note {
    static final long NO_NUMBER = -1;

    final String kind;
    @Nullable SimStream stream;
    boolean isRtx;
    long number = NO_NUMBER;
    long transportNumber = NO_NUMBER;
    List<Rtcp> control = List.of();

    /// Whether the receiver had keys and a path for it.
    boolean isTaken;

    Note(String kind) {
        this.kind = kind;
    }
}
