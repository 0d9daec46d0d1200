// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import org.jspecify.annotations.Nullable;

/// Reads the dependency descriptors of one stream (RTP Payload Format for AV1 1.0, appendix
/// A).
///
/// Owner: the stream's owner. Most descriptors have three bytes and mean something only with
/// the [DependencyStructure] that came with the last key frame; [#read] remembers it. A
/// structure that is read is for all that follow, so hand in packets in the order of their
/// sequence numbers, or leave out late ones. Nothing is allocated but a new structure.
///
/// How a forwarder uses it: pick a decode target; drop a frame whose [#use] of it is
/// `NOT_PRESENT`, drop `DISCARDABLE` ones at will, step up at `SWITCH`; the target is intact
/// as long as each frame of its chain, which is [#chainDiff] frames before, was forwarded.
public final class DependencyDescriptor {
    /// Longest descriptor: the value of a two-byte header extension.
    public static final int MAX_BYTES = 255;

    /// The result does not fit its buffer.
    public static final int NO_ROOM = -1;

    private static final int MANDATORY_BYTES = 3;
    private static final int MANDATORY_BITS = 24;

    /// More than the bits of any descriptor can tell.
    private static final int MAX_FRAME_DIFFS = 8 * MAX_BYTES / 5;

    private static final int MAX_CHAINS = DependencyStructure.MAX_DECODE_TARGETS;

    private final BitReader in = new BitReader();
    private @Nullable DependencyStructure structure;
    private boolean hasNewStructure;

    private boolean isFrameStart;
    private boolean isFrameEnd;
    private int frameNumber;
    private int template;
    private long activeTargets;
    private boolean hasActiveTargets;
    private boolean hasOwnUses;
    private boolean hasOwnFrameDiffs;
    private boolean hasOwnChains;
    private final byte[] uses = new byte[DependencyStructure.MAX_DECODE_TARGETS];
    private final int[] frameDiffs = new int[MAX_FRAME_DIFFS];
    private final int[] chainDiffs = new int[MAX_CHAINS];
    private int frameDiffCount;

    private byte[] bytes = {};
    private int startBit;
    private int structureEndBit;
    private int definitionBit;
    private int endBit;

    /// Reads the value of the header extension.
    ///
    /// @return false if it is malformed, or refers to a structure that has not been seen;
    ///     then only [#structure()] may be asked, and it is what it was before
    public boolean read(byte[] source, int offset, int lengthBytes) {
        if (lengthBytes < MANDATORY_BYTES || lengthBytes > MAX_BYTES) {
            return false;
        }
        bytes = source;
        startBit = offset * 8;
        in.wrap(source, offset, lengthBytes);
        isFrameStart = in.readFlag();
        isFrameEnd = in.readFlag();
        int templateId = in.read(6);
        frameNumber = in.read(16);
        var known = structure;
        long knownTargets = activeTargets;
        if (!readExtended(lengthBytes > MANDATORY_BYTES) || !readDefinition(templateId)) {
            structure = known;
            activeTargets = knownTargets;
            return false;
        }
        return true;
    }

    /// The structure in force; null before the first key frame.
    public @Nullable DependencyStructure structure() {
        return structure;
    }

    /// Whether this descriptor brought the structure: a key frame, where decoding can begin.
    public boolean hasNewStructure() {
        return hasNewStructure;
    }

    /// Whether this is the first packet of its frame.
    public boolean isFrameStart() {
        return isFrameStart;
    }

    /// Whether this is the last packet of its frame.
    public boolean isFrameEnd() {
        return isFrameEnd;
    }

    /// The frame's number, 16 bits.
    public int frameNumber() {
        return frameNumber;
    }

    /// The frame's spatial layer, 0 to 3.
    public int spatialId() {
        return known().templateSpatialId(template);
    }

    /// The frame's temporal layer, 0 to 7.
    public int temporalId() {
        return known().templateTemporalId(template);
    }

    /// The decode targets that the sender makes at present, bit n for target n. Bits of a
    /// structure's targets are kept until the stream says otherwise.
    public long activeTargets() {
        return activeTargets;
    }

    /// What the frame is to a decode target.
    public DecodeTargetUse use(int decodeTarget) {
        assert decodeTarget >= 0 && decodeTarget < known().decodeTargetCount() : decodeTarget;
        int use = hasOwnUses ? uses[decodeTarget] : known().templateUse(template, decodeTarget);
        return switch (use) {
            case 0 -> DecodeTargetUse.NOT_PRESENT;
            case 1 -> DecodeTargetUse.DISCARDABLE;
            case 2 -> DecodeTargetUse.SWITCH;
            default -> DecodeTargetUse.REQUIRED;
        };
    }

    /// How many frames it refers to.
    public int frameDiffCount() {
        return hasOwnFrameDiffs ? frameDiffCount : known().templateFrameDiffs(template).length;
    }

    /// How many frames back one of its references lies, 1 to 4,096.
    public int frameDiff(int index) {
        return hasOwnFrameDiffs ? frameDiffs[index] : known().templateFrameDiffs(template)[index];
    }

    /// How many frames back the chain's frame before lies; 0 if this one begins the chain.
    public int chainDiff(int chain) {
        assert chain >= 0 && chain < known().chainCount() : chain;
        return hasOwnChains ? chainDiffs[chain] : known().templateChainDiff(template, chain);
    }

    /// Writes this descriptor with another mask of active decode targets, for a receiver
    /// that gets fewer layers (A.8.2). It grows by at most six bytes.
    ///
    /// @return the size written, or [#NO_ROOM] with `out` spoilt from `offset` on
    public int writeTo(byte[] out, int offset, long targets) {
        int masks = known().decodeTargetCount();
        int flagBits = 5;
        int structureBits = structureEndBit - startBit - MANDATORY_BITS - flagBits;
        structureBits = Math.max(0, structureBits);
        int bits = MANDATORY_BITS + flagBits + structureBits + masks + endBit - definitionBit;
        int lengthBytes = (bits + 7) / 8;
        if (lengthBytes > MAX_BYTES || lengthBytes > out.length - offset) {
            return NO_ROOM;
        }
        var to = new BitWriter(out, offset, lengthBytes);
        in.wrap(bytes, startBit / 8, (endBit - startBit + 7) / 8);
        to.write(in.read(MANDATORY_BITS), MANDATORY_BITS);
        to.write(flag(hasNewStructure), 1);
        to.write(1, 1);
        to.write(flag(hasOwnUses), 1);
        to.write(flag(hasOwnFrameDiffs), 1);
        to.write(flag(hasOwnChains), 1);
        copy(startBit + MANDATORY_BITS + flagBits, structureBits, to);
        to.write((int) (targets >>> 16), masks - 16);
        to.write((int) targets, Math.min(16, masks));
        copy(definitionBit, endBit - definitionBit, to);
        return lengthBytes;
    }

    private void copy(int fromBit, int bits, BitWriter to) {
        for (int at = fromBit; at < fromBit + bits; at++) {
            to.write(bytes[at >> 3] >>> (7 - (at & 7)), 1);
        }
    }

    private boolean readExtended(boolean isExtended) {
        hasNewStructure = isExtended && in.readFlag();
        hasActiveTargets = isExtended && in.readFlag();
        hasOwnUses = isExtended && in.readFlag();
        hasOwnFrameDiffs = isExtended && in.readFlag();
        hasOwnChains = isExtended && in.readFlag();
        if (hasNewStructure) {
            structure = DependencyStructure.read(in);
        }
        structureEndBit = in.position();
        var current = structure;
        if (current == null) {
            return false;
        }
        if (hasNewStructure) {
            activeTargets = current.allTargets();
        }
        if (hasActiveTargets) {
            int targets = current.decodeTargetCount();
            long high = in.read(Math.max(0, targets - 16));
            activeTargets = high << 16 | in.read(Math.min(16, targets));
        }
        return true;
    }

    private boolean readDefinition(int templateId) {
        definitionBit = in.position();
        template = known().indexOf(templateId);
        if (template < 0) {
            return false;
        }
        for (int i = 0; hasOwnUses && i < known().decodeTargetCount(); i++) {
            uses[i] = (byte) in.read(2);
        }
        frameDiffCount = 0;
        int size = hasOwnFrameDiffs ? in.read(2) : 0;
        while (size > 0) {
            frameDiffs[frameDiffCount++] = in.read(4 * size) + 1;
            size = in.read(2);
        }
        for (int i = 0; hasOwnChains && i < known().chainCount(); i++) {
            chainDiffs[i] = in.read(8);
        }
        endBit = in.position();
        return !in.hasOverrun();
    }

    private DependencyStructure known() {
        var current = structure;
        if (current == null) {
            throw new IllegalStateException("no structure was read");
        }
        return current;
    }

    private static int flag(boolean isSet) {
        return isSet ? 1 : 0;
    }
}
