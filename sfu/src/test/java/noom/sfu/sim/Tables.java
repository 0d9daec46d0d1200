// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.List;
import noom.rtc.DropReason;

/// The rules about what the workers hold, and what they have dropped.
final class Tables {
    /// Nothing that an honest peer sends is dropped so, and nothing of ours.
    private static final List<DropReason> NEVER_DROPPED =
            List.of(
                    DropReason.TOO_LONG,
                    DropReason.UNKNOWN_PROTOCOL,
                    DropReason.TOO_MUCH,
                    DropReason.DTLS_REFUSED,
                    DropReason.RTP_MALFORMED,
                    DropReason.RTCP_MALFORMED,
                    DropReason.UNSENT_REFUSED);

    private final SimMeeting meeting;

    Tables(SimMeeting meeting) {
        this.meeting = meeting;
    }

    /// What was refused came twice, and what came twice was refused.
    void checkDrops(ServerTransport transport) {
        var dropped = transport.transport.describe().dropped();
        long refused = dropped.getOrDefault(DropReason.SRTP_REFUSED, 0L);
        meeting.breaks.require(
                refused == transport.expectedRefusals,
                Rule.REPLAY,
                () -> refused + " refused, " + transport.expectedRefusals + " came twice");
        for (var reason : NEVER_DROPPED) {
            long count = dropped.getOrDefault(reason, 0L);
            meeting.breaks.require(count == 0, Rule.REPLAY, () -> count + " dropped as " + reason);
        }
    }

    /// Tables hold what there is.
    void check() {
        int open = meeting.joined.values().stream().mapToInt(List::size).sum();
        int transports = meeting.worker.transports().size();
        meeting.breaks.require(
                transports == open, Rule.BOUNDS, () -> transports + " transports, not " + open);
        for (var browser : meeting.joined.keySet()) {
            for (var track : browser.tracks) {
                if (track.isKnown()) {
                    checkConsumers(track);
                }
            }
        }
        meeting.joined.values().forEach(both -> both.forEach(this::checkDrops));
        meeting.breaks.require(
                meeting.worker.brokenTransports() == 0,
                Rule.FAULT,
                () -> "a transport was given up");
        meeting.breaks.check();
    }

    private void checkConsumers(SimTrack track) {
        long wanted = track.forwarded.values().stream().filter(one -> !one.isClosed).count();
        int there = meeting.worker.consumersOf(track.producer);
        meeting.breaks.require(
                there == wanted, Rule.BOUNDS, () -> there + " consumers, not " + wanted);
    }

    /// Everyone has left.
    void checkEmpty() {
        check();
        meeting.worker.tables().forEach(this::requireEmpty);
        requireEmpty("voices", Inside.sizeOf(meeting.router, "voices"));
        requireEmpty("speakers", Inside.sizeOf(meeting.router, "speaker", "voices"));
        meeting.breaks.check();
    }

    private void requireEmpty(String what, int size) {
        meeting.breaks.require(size == 0, Rule.EMPTY, () -> size + " " + what + " remain");
    }
}
