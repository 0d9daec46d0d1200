// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

/// Leaves out temporal layers of one encoding: down at once, up only where a picture says that
/// one may step up (RFC 7741 §4.2, the Y bit).
final class TemporalFilter {
    private static final int MAX_TEMPORAL = 7;
    private static final int KEPT = 1;
    private static final int LEFT_OUT = 0;

    private final PictureMemory pictures = new PictureMemory();
    private int target = MAX_TEMPORAL;
    private int current = LayerSelector.NONE;

    void setTarget(int temporalLayer) {
        target = Math.clamp(temporalLayer, 0, MAX_TEMPORAL);
        current = Math.min(current, target);
    }

    int current() {
        return current;
    }

    /// Begins with a key frame, after which every layer can be decoded.
    void restart() {
        pictures.clear();
        current = target;
    }

    void stop() {
        current = LayerSelector.NONE;
    }

    /// Whether the packet goes on.
    boolean accepts(MediaPacket packet) {
        long ticks = packet.rtp().timestampTicks();
        int known = pictures.find(ticks);
        if (known != PictureMemory.UNKNOWN) {
            return known == KEPT;
        }
        boolean isOld = pictures.isOld(ticks);
        if (packet.isKeyFrameStart() && !isOld) {
            current = target;
        }
        int layer = packet.temporalId();
        if (layer > current && layer <= target && packet.isSwitchUp() && !isOld) {
            current = layer;
        }
        boolean isKept = layer <= current;
        pictures.put(ticks, isKept ? KEPT : LEFT_OUT);
        return isKept;
    }
}
