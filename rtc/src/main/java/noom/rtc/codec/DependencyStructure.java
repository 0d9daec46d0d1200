// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import org.jspecify.annotations.Nullable;

/// The templates that frames of a stream refer to, sent with key frames (AV1 RTP, A.8.2).
/// Immutable.
///
/// A decode target is a choice of layers; a template says for a kind of frame which layer it
/// is in, what it is to each decode target, and how far back its references and chains lie.
public final class DependencyStructure {
    /// Most decode targets: their mask has 32 bits.
    public static final int MAX_DECODE_TARGETS = 32;

    /// Most templates: their id has 6 bits.
    public static final int MAX_TEMPLATES = 64;

    private static final int MAX_SPATIAL_ID = 3;
    private static final int MAX_TEMPORAL_ID = 7;
    private static final int NEXT_TEMPORAL = 1;
    private static final int NEXT_SPATIAL = 2;
    private static final int NO_MORE = 3;
    private static final int NOT_PRESENT = 0;

    private final int templateIdOffset;
    private final int decodeTargetCount;
    private final int[] spatialIds = new int[MAX_TEMPLATES];
    private final int[] temporalIds = new int[MAX_TEMPLATES];
    private int templateCount;
    private final byte[] uses; // template by decode target
    private final byte[][] frameDiffs;
    private int chainCount;
    private final int[] protectedBy;
    private byte[] chainDiffs = {}; // template by chain
    private final int[] targetSpatialIds;
    private final int[] targetTemporalIds;
    private int[] widthsPixels = {};
    private int[] heightsPixels = {};

    private DependencyStructure(BitReader in) {
        templateIdOffset = in.read(6);
        decodeTargetCount = in.read(5) + 1;
        protectedBy = new int[decodeTargetCount];
        targetSpatialIds = new int[decodeTargetCount];
        targetTemporalIds = new int[decodeTargetCount];
        if (!readLayers(in)) {
            templateCount = 0;
        }
        uses = new byte[templateCount * decodeTargetCount];
        frameDiffs = new byte[templateCount][];
    }

    /// Reads a structure; null if it is malformed.
    static @Nullable DependencyStructure read(BitReader in) {
        var structure = new DependencyStructure(in);
        if (structure.templateCount == 0 || in.hasOverrun()) {
            return null;
        }
        for (int i = 0; i < structure.uses.length; i++) {
            structure.uses[i] = (byte) in.read(2);
        }
        for (int i = 0; i < structure.templateCount; i++) {
            structure.frameDiffs[i] = readFrameDiffs(in);
        }
        structure.readChains(in);
        structure.findTargetLayers();
        structure.readResolutions(in);
        return in.hasOverrun() ? null : structure;
    }

    /// Decode targets, 1 to 32.
    public int decodeTargetCount() {
        return decodeTargetCount;
    }

    /// Templates, 1 to 64.
    public int templateCount() {
        return templateCount;
    }

    /// Chains, 0 to as many as decode targets. A target is intact while its chain is.
    public int chainCount() {
        return chainCount;
    }

    /// The chain that protects a decode target; meaningless if there are no chains.
    public int chainOf(int decodeTarget) {
        return protectedBy[decodeTarget];
    }

    /// Highest spatial layer of a decode target.
    public int spatialIdOf(int decodeTarget) {
        return targetSpatialIds[decodeTarget];
    }

    /// Highest temporal layer of a decode target.
    public int temporalIdOf(int decodeTarget) {
        return targetTemporalIds[decodeTarget];
    }

    /// Highest spatial layer of the stream, 0 to 3.
    public int maxSpatialId() {
        return spatialIds[templateCount - 1];
    }

    /// Width of a spatial layer, 0 if the structure does not tell.
    public int widthPixels(int spatialId) {
        return spatialId < widthsPixels.length ? widthsPixels[spatialId] : 0;
    }

    /// Height of a spatial layer, 0 if the structure does not tell.
    public int heightPixels(int spatialId) {
        return spatialId < heightsPixels.length ? heightsPixels[spatialId] : 0;
    }

    /// A mask with one bit for each decode target.
    public long allTargets() {
        return (1L << decodeTargetCount) - 1;
    }

    /// The template that a frame's id means, or -1 if there is none.
    int indexOf(int templateId) {
        int index = (templateId + MAX_TEMPLATES - templateIdOffset) & (MAX_TEMPLATES - 1);
        return index < templateCount ? index : -1;
    }

    int templateSpatialId(int template) {
        return spatialIds[template];
    }

    int templateTemporalId(int template) {
        return temporalIds[template];
    }

    int templateUse(int template, int decodeTarget) {
        return uses[template * decodeTargetCount + decodeTarget];
    }

    byte[] templateFrameDiffs(int template) {
        return frameDiffs[template];
    }

    int templateChainDiff(int template, int chain) {
        return chainDiffs[template * chainCount + chain];
    }

    private boolean readLayers(BitReader in) {
        int spatialId = 0;
        int temporalId = 0;
        int next;
        do {
            if (templateCount == MAX_TEMPLATES
                    || spatialId > MAX_SPATIAL_ID
                    || temporalId > MAX_TEMPORAL_ID) {
                return false;
            }
            spatialIds[templateCount] = spatialId;
            temporalIds[templateCount++] = temporalId;
            next = in.read(2);
            if (next == NEXT_TEMPORAL) {
                temporalId++;
            } else if (next == NEXT_SPATIAL) {
                temporalId = 0;
                spatialId++;
            }
        } while (next != NO_MORE && !in.hasOverrun());
        return true;
    }

    private static byte[] readFrameDiffs(BitReader in) {
        var diffs = new java.io.ByteArrayOutputStream();
        // Past the end flags read as zero, so this ends with the extension.
        while (in.readFlag()) {
            diffs.write(in.read(4) + 1);
        }
        return diffs.toByteArray();
    }

    private void readChains(BitReader in) {
        chainCount = in.readBelow(decodeTargetCount + 1);
        if (chainCount == 0) {
            return;
        }
        for (int i = 0; i < decodeTargetCount; i++) {
            protectedBy[i] = in.readBelow(chainCount);
        }
        chainDiffs = new byte[templateCount * chainCount];
        for (int i = 0; i < chainDiffs.length; i++) {
            chainDiffs[i] = (byte) in.read(4);
        }
    }

    private void findTargetLayers() {
        for (int target = 0; target < decodeTargetCount; target++) {
            for (int i = 0; i < templateCount; i++) {
                if (templateUse(i, target) != NOT_PRESENT) {
                    targetSpatialIds[target] = Math.max(targetSpatialIds[target], spatialIds[i]);
                    targetTemporalIds[target] = Math.max(targetTemporalIds[target], temporalIds[i]);
                }
            }
        }
    }

    private void readResolutions(BitReader in) {
        if (!in.readFlag()) {
            return;
        }
        widthsPixels = new int[maxSpatialId() + 1];
        heightsPixels = new int[maxSpatialId() + 1];
        for (int i = 0; i <= maxSpatialId(); i++) {
            widthsPixels[i] = in.read(16) + 1;
            heightsPixels[i] = in.read(16) + 1;
        }
    }
}
