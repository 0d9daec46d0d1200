// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.List;
import noom.socketio.engine.EnginePacket.Signal;
import org.jspecify.annotations.Nullable;

/// How a session's packets travel: what waits to go out, the transport that carries the session,
/// and a WebSocket beside it that may take over.
///
/// ```
///                    2probe: 3probe, polls are released         5
///   WebSocket ──► candidate ───────────────────► probed ──────────► carrier, what waits goes out
///                     │ anything else, or 10 s      │
///                     └──► closed, the session stays ◄┘
/// ```
/// Packets leave in the order of [#add], whatever carries them: until the client's `5` by polling,
/// after it by WebSocket.
///
/// Owner: its session.
@SuppressWarnings("ReferenceEquality") // a link is itself, not its equal
final class Transmission {
    private final EngineConfig config;
    private final OutputQueue queue;
    private Carrier carrier = new Carrier.Polling();
    private @Nullable UpgradeCandidate candidate;
    private boolean readingPaused;

    Transmission(EngineConfig config) {
        this.config = config;
        this.queue = new OutputQueue(config.output());
    }

    /// Opens with a WebSocket; without this call, by polling.
    void carryBy(FrameLink link) {
        carrier = new Carrier.Frames(link);
    }

    /// The polling half; null once a WebSocket carries the session.
    Carrier.@Nullable Polling polling() {
        return carrier instanceof Carrier.Polling polling ? polling : null;
    }

    boolean isCarrier(FrameLink link) {
        return carrier instanceof Carrier.Frames(var current) && current == link;
    }

    boolean isCandidate(FrameLink link) {
        var probing = candidate;
        return probing != null && probing.link() == link;
    }

    void add(List<? extends EnginePacket> packets, long nowNanos) {
        for (var packet : packets) {
            queue.add(packet, nowNanos);
        }
    }

    /// Adds packets that count against no limit while they wait.
    void addExempt(List<? extends EnginePacket> packets, long nowNanos) {
        for (var packet : packets) {
            queue.addExempt(packet, nowNanos);
        }
    }

    /// Writes what the transport takes now.
    ///
    /// @return whether nothing waits and the transport would take a last word
    boolean flush(long nowNanos) {
        return switch (carrier) {
            case Carrier.Polling polling -> flush(polling);
            case Carrier.Frames frames -> flush(frames, nowNanos);
        };
    }

    private boolean flush(Carrier.Polling polling) {
        if (polling.poll == null) {
            return false;
        }
        if (queue.isEmpty()) {
            return true;
        }
        // A last word needs a payload of its own: the official client acts on a `1` before the
        // messages that came with it, and would never hear why it was disconnected.
        var packets = queue.takeAll();
        boolean mayCompress = packets.stream().anyMatch(EnginePacket::mayCompress);
        polling.answerPoll(PayloadCodec.encode(packets), mayCompress);
        return false;
    }

    private boolean flush(Carrier.Frames frames, long nowNanos) {
        while (!queue.isEmpty() && frames.link().isWritable()) {
            frames.link().write(queue.take(nowNanos));
        }
        return queue.isEmpty();
    }

    /// Whether the transport takes something now.
    boolean isWritable() {
        return switch (carrier) {
            case Carrier.Polling polling -> polling.poll != null;
            case Carrier.Frames(var link) -> link.isWritable();
        };
    }

    boolean isUnsentWithin(long bytes, int packets) {
        return queue.isWithin(bytes, packets);
    }

    /// Whether more waits than may.
    boolean isOverLimit() {
        return queue.isOverLimit();
    }

    /// Whether nothing went out for too long.
    boolean isStalled(long nowNanos) {
        return nowNanos >= queue.stallDeadlineNanos();
    }

    /// Takes a WebSocket as candidate.
    ///
    /// @return false if there can be none now
    boolean offer(FrameLink link, long nowNanos) {
        if (candidate != null || !config.transports().upgrades() || polling() == null) {
            return false;
        }
        long timeoutNanos = config.timings().upgradeTimeout().toNanos();
        candidate = new UpgradeCandidate(link, nowNanos + timeoutNanos);
        return true;
    }

    /// A text from the candidate; anything but a probe and then a `5` ends it.
    void receiveFromCandidate(String text, long nowNanos) {
        var probing = candidate;
        if (probing == null) {
            return;
        }
        var packet = EnginePacket.parse(text);
        if (packet == Signal.PING_PROBE) {
            probing.answerProbe(nowNanos);
            releasePoll();
        } else if (packet == Signal.UPGRADE && probing.isProbed()) {
            takeOver(probing.link());
        } else {
            dropCandidate();
        }
    }

    private void takeOver(FrameLink link) {
        candidate = null;
        var polling = carrier;
        carrier = new Carrier.Frames(link);
        polling.end(Signal.NOOP);
        if (readingPaused) {
            link.pause();
        }
    }

    private void releasePoll() {
        var polling = polling();
        if (polling != null) {
            polling.answerPoll(Signal.NOOP.encoded(), true);
        }
    }

    /// The candidate has gone by itself.
    void forgetCandidate() {
        candidate = null;
    }

    void dropCandidate() {
        var dropped = candidate;
        candidate = null;
        if (dropped != null) {
            dropped.link().close();
        }
    }

    /// Ends a candidate that is overdue, and releases polls that arrive during its probe.
    void advance(long nowNanos) {
        var probing = candidate;
        if (probing == null) {
            return;
        }
        if (probing.isOverdue(nowNanos)) {
            dropCandidate();
        } else if (probing.takeRelease(nowNanos)) {
            releasePoll();
        }
    }

    long nextDeadlineNanos() {
        var probing = candidate;
        long stallNanos = queue.stallDeadlineNanos();
        return probing == null ? stallNanos : Math.min(stallNanos, probing.nextDeadlineNanos());
    }

    boolean isReadingPaused() {
        return readingPaused;
    }

    void pauseReading() {
        readingPaused = true;
        if (carrier instanceof Carrier.Frames(var link)) {
            link.pause();
        }
    }

    void resumeReading() {
        readingPaused = false;
        switch (carrier) {
            case Carrier.Polling polling -> polling.releasePost();
            case Carrier.Frames(var link) -> link.resume();
        }
    }

    /// Throws away what waits, the candidate and the transport. A waiting poll is answered with
    /// `lastWord`.
    void end(EnginePacket lastWord) {
        queue.clear();
        dropCandidate();
        carrier.end(lastWord);
    }
}
