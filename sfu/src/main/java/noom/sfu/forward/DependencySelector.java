// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import java.util.Arrays;
import noom.rtc.codec.DecodeTargetUse;
import noom.rtc.codec.DependencyDescriptor;
import noom.rtc.codec.DependencyStructure;
import noom.rtc.rtp.Rollover;
import org.jspecify.annotations.Nullable;

/// For AV1 with layers that build on each other, by the dependency descriptor (AV1 RTP
/// specification, appendix A).
///
/// The receiver gets one decode target: every frame that is part of it. It changes to another,
/// up or down, where a frame says that one may (`SWITCH`) and the chain of the new target is
/// whole, that is, its last frame was not left out here. A frame that was
/// lost on the way in does not break a chain: it is asked for and may still come.
public final class DependencySelector implements LayerSelector {
    private static final int FRAMES = 512;
    private static final byte UNSEEN = 0;
    private static final byte KEPT = 1;
    private static final byte LEFT_OUT = 2;

    private final byte[] decisions = new byte[FRAMES];
    private final int topSpatial;
    private Rollover frameNumbers = Rollover.ofSeq();
    private int preferredSpatial;
    private int preferredTemporal = Integer.MAX_VALUE;
    private int target = NONE;
    private long firstFrame;
    private long newestFrame;
    private int spatial = NONE;
    private int temporal = NONE;
    private boolean isStuck;

    /// For a stream with so many spatial layers.
    public DependencySelector(int spatialLayerCount) {
        topSpatial = spatialLayerCount - 1;
        preferredSpatial = topSpatial;
    }

    @Override
    public Verdict select(MediaPacket packet, long nowNanos) {
        if (!packet.hasDependencies()) {
            return Verdict.IGNORE;
        }
        var frame = packet.dependencies();
        var structure = frame.structure();
        if (structure == null) {
            return Verdict.IGNORE;
        }
        if (target == NONE) {
            return packet.isKeyFrameStart() ? start(frame, structure) : Verdict.IGNORE;
        }
        long number = frameNumbers.unwrap(frame.frameNumber());
        if (number < firstFrame || newestFrame - number >= FRAMES) {
            return Verdict.IGNORE;
        }
        if (number > newestFrame) {
            forgetUpTo(number);
        }
        if (decisions[slot(number)] == UNSEEN) {
            decisions[slot(number)] = decide(frame, structure, number);
        }
        return decisions[slot(number)] == KEPT ? Verdict.FORWARD : Verdict.DROP;
    }

    private Verdict start(DependencyDescriptor frame, DependencyStructure structure) {
        frameNumbers = Rollover.ofSeq();
        firstFrame = frameNumbers.unwrap(frame.frameNumber());
        newestFrame = firstFrame;
        Arrays.fill(decisions, UNSEEN);
        become(structure, best(frame, structure, firstFrame, true));
        decisions[slot(firstFrame)] = KEPT;
        return Verdict.START;
    }

    private byte decide(DependencyDescriptor frame, DependencyStructure structure, long number) {
        if (number == newestFrame) {
            int next = best(frame, structure, number, frame.hasNewStructure());
            if (next != NONE) {
                become(structure, next);
            }
        }
        return target < structure.decodeTargetCount()
                        && frame.use(target) != DecodeTargetUse.NOT_PRESENT
                ? KEPT
                : LEFT_OUT;
    }

    /// The best target within the bounds that can be had from this frame on; [#NONE] to stay.
    private int best(
            DependencyDescriptor frame,
            DependencyStructure structure,
            long number,
            boolean isBeginning) {
        int best = NONE;
        isStuck = false;
        for (int i = 0; i < structure.decodeTargetCount(); i++) {
            boolean isMade = (frame.activeTargets() >>> i & 1) != 0;
            if (!isMade || !isWithinBounds(structure, i) || !isBetter(structure, i, best)) {
                continue;
            }
            if (isBeginning || i == target || canSwitch(frame, structure, i, number)) {
                best = i;
                isStuck = false;
            } else {
                isStuck |= structure.spatialIdOf(i) != spatial;
            }
        }
        return best == NONE && isBeginning ? lowest(structure) : best;
    }

    private boolean isWithinBounds(DependencyStructure structure, int i) {
        return structure.spatialIdOf(i) <= preferredSpatial
                && structure.temporalIdOf(i) <= preferredTemporal;
    }

    private static boolean isBetter(DependencyStructure structure, int i, int than) {
        if (than == NONE) {
            return true;
        }
        int spatialStep = structure.spatialIdOf(i) - structure.spatialIdOf(than);
        int temporalStep = structure.temporalIdOf(i) - structure.temporalIdOf(than);
        return spatialStep > 0 || (spatialStep == 0 && temporalStep > 0);
    }

    private static int lowest(DependencyStructure structure) {
        int lowest = 0;
        for (int i = 1; i < structure.decodeTargetCount(); i++) {
            if (isBetter(structure, lowest, i)) {
                lowest = i;
            }
        }
        return lowest;
    }

    private boolean canSwitch(
            DependencyDescriptor frame, DependencyStructure structure, int i, long number) {
        if (frame.use(i) != DecodeTargetUse.SWITCH) {
            return false;
        }
        if (structure.chainCount() == 0) {
            return true;
        }
        int back = frame.chainDiff(structure.chainOf(i));
        return back == 0
                || (number - back >= firstFrame && decisions[slot(number - back)] != LEFT_OUT);
    }

    private void become(DependencyStructure structure, int next) {
        target = next;
        spatial = structure.spatialIdOf(next);
        temporal = structure.temporalIdOf(next);
    }

    private void forgetUpTo(long number) {
        for (long i = Math.max(newestFrame + 1, number - FRAMES + 1); i <= number; i++) {
            decisions[slot(i)] = UNSEEN;
        }
        newestFrame = number;
    }

    private static int slot(long number) {
        return (int) number & (FRAMES - 1);
    }

    /// The decode targets that the receiver can still make of what it gets: a mask for the
    /// descriptor.
    public long targetMask(DependencyDescriptor frame) {
        @Nullable DependencyStructure structure = frame.structure();
        if (structure == null || target == NONE) {
            return 0;
        }
        long mask = 0;
        for (int i = 0; i < structure.decodeTargetCount(); i++) {
            boolean isIn =
                    structure.spatialIdOf(i) <= spatial && structure.temporalIdOf(i) <= temporal;
            mask |= isIn ? 1L << i : 0;
        }
        return mask & frame.activeTargets();
    }

    @Override
    public void prefer(int spatialLayer, int temporalLayer, long nowNanos) {
        preferredSpatial = Math.clamp(spatialLayer, 0, topSpatial);
        preferredTemporal = Math.max(0, temporalLayer);
    }

    @Override
    public void restart() {
        target = NONE;
        spatial = NONE;
        temporal = NONE;
        isStuck = false;
    }

    @Override
    public int keyFrameWanted() {
        return target == NONE || isStuck ? 0 : NONE;
    }

    @Override
    public int currentSpatialLayer() {
        return spatial;
    }

    @Override
    public int currentTemporalLayer() {
        return temporal;
    }

    @Override
    public int wantedSpatialLayer() {
        return preferredSpatial;
    }

    @Override
    public boolean endsPicture(MediaPacket packet) {
        boolean isTop = packet.hasDependencies() && packet.spatialId() == spatial;
        return packet.rtp().isMarker() || (isTop && packet.dependencies().isFrameEnd());
    }
}
