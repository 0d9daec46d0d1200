// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import java.time.Duration;
import java.util.Arrays;

/// For a track of several encodings side by side, each perhaps with temporal layers.
///
/// The receiver gets one encoding. To change it, a key frame of the other is asked for, and
/// the old one goes on until that comes. An encoding is used only while it is alive, and one
/// that has just begun only if there is nothing better: browsers start and stop their upper
/// encodings as bandwidth comes and goes.
public final class SimulcastSelector implements LayerSelector {
    /// How long an encoding must have been alive before the receiver is moved to it.
    static final long MATURE_NANOS = Duration.ofSeconds(2).toNanos();

    /// How often a source that lies too far behind is refused before it is taken after all.
    static final int MAX_REFUSALS = 1;

    private static final long NEVER = Long.MAX_VALUE;

    private final SenderClock[] clocks;
    private final TimestampRewriter timestamps;
    private final TemporalFilter temporal = new TemporalFilter();
    private final long[] aliveSinceNanos;
    private int preferred;
    private int current = NONE;
    private int target = NONE;
    private int refusalCount;

    /// For encodings with these clocks, lowest quality first.
    ///
    /// @param timestamps moved to each source as it is taken
    public SimulcastSelector(SenderClock[] clocks, TimestampRewriter timestamps) {
        this.clocks = clocks.clone();
        this.timestamps = timestamps;
        aliveSinceNanos = new long[clocks.length];
        Arrays.fill(aliveSinceNanos, NEVER);
        preferred = clocks.length - 1;
    }

    /// An encoding began to send.
    ///
    /// @param sinceNanos may have passed long ago
    public void onAlive(int encodingIndex, long sinceNanos, long nowNanos) {
        aliveSinceNanos[encodingIndex] = sinceNanos;
        chooseTarget(nowNanos);
    }

    /// An encoding went silent.
    public void onSilent(int encodingIndex, long nowNanos) {
        aliveSinceNanos[encodingIndex] = NEVER;
        chooseTarget(nowNanos);
    }

    /// Looks whether an encoding has matured. Call now and then.
    public void advance(long nowNanos) {
        chooseTarget(nowNanos);
    }

    @Override
    public Verdict select(MediaPacket packet, long nowNanos) {
        int encoding = packet.encodingIndex();
        if (encoding == target && encoding != current) {
            return packet.isKeyFrameStart() && takes(packet) ? Verdict.START : Verdict.IGNORE;
        }
        if (encoding != current) {
            return Verdict.IGNORE;
        }
        return temporal.accepts(packet) ? Verdict.FORWARD : Verdict.DROP;
    }

    private boolean takes(MediaPacket packet) {
        var alignment =
                timestamps.switchTo(
                        clocks[target],
                        packet.rtp().timestampTicks(),
                        refusalCount >= MAX_REFUSALS);
        switch (alignment) {
            case TAKEN -> {
                refusalCount = 0;
                current = target;
                temporal.restart();
                return temporal.accepts(packet);
            }
            case TOO_FAR -> refusalCount++;
            case UNKNOWN -> {}
        }
        return false;
    }

    @Override
    public void prefer(int spatialLayer, int temporalLayer, long nowNanos) {
        preferred = Math.clamp(spatialLayer, 0, clocks.length - 1);
        temporal.setTarget(temporalLayer);
        chooseTarget(nowNanos);
    }

    @Override
    public void restart() {
        current = NONE;
        temporal.stop();
    }

    @Override
    public int keyFrameWanted() {
        return target == current ? NONE : target;
    }

    @Override
    public int currentSpatialLayer() {
        return current;
    }

    @Override
    public int currentTemporalLayer() {
        return current == NONE ? NONE : temporal.current();
    }

    @Override
    public int wantedSpatialLayer() {
        return preferred;
    }

    @Override
    public boolean endsPicture(MediaPacket packet) {
        return packet.rtp().isMarker();
    }

    /// The highest encoding within the bound that is mature or in use; else the highest that
    /// is alive at all.
    private void chooseTarget(long nowNanos) {
        int young = NONE;
        for (int i = preferred; i >= 0; i--) {
            if (aliveSinceNanos[i] == NEVER) {
                continue;
            }
            if (i == current || nowNanos - aliveSinceNanos[i] >= MATURE_NANOS) {
                become(i);
                return;
            }
            young = Math.max(young, i);
        }
        // Within the bound nothing is alive: the least of what is above is better than nothing.
        for (int i = preferred + 1; i < clocks.length && young == NONE; i++) {
            young = aliveSinceNanos[i] == NEVER ? NONE : i;
        }
        become(young == NONE ? current : keep(young));
    }

    /// A young encoding does not push away another young one that is on its way.
    private int keep(int young) {
        boolean isAlive = target != NONE && aliveSinceNanos[target] != NEVER;
        return isAlive && target <= preferred ? target : young;
    }

    private void become(int next) {
        if (target != next) {
            target = next;
            refusalCount = 0;
        }
    }
}
