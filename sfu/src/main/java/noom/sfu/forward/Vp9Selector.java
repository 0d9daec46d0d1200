// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import noom.rtc.codec.Vp9Descriptor;
import noom.rtc.rtp.RtpTimestamp;

/// For VP9 with layers that build on each other (RFC 9628).
///
/// Which layers go on is decided once for each picture, by its first packet seen. Up in space
/// only at a key picture. Down in space: with full SVC at any picture, as lower layers are
/// there all the time; with K-SVC only at a key picture, as between key pictures nothing but
/// the highest layer is sent on. Up in time where the picture says that one may.
public final class Vp9Selector implements LayerSelector {
    private static final int TEMPORAL_BITS = 8;
    private static final int MAX_TEMPORAL = 7;
    private static final int KEY_PICTURE = 1 << 16;

    private final boolean isKeyOnly;
    private final int topSpatial;
    private final PictureMemory pictures = new PictureMemory();
    private int targetSpatial;
    private int targetTemporal = MAX_TEMPORAL;
    private int spatial = NONE;
    private int temporal = NONE;
    private int layersOfKey;
    private long startTicks;

    /// For a stream with so many spatial layers.
    ///
    /// @param isKeyOnly K-SVC: layers build on each other in key pictures only
    public Vp9Selector(int spatialLayerCount, boolean isKeyOnly) {
        this.isKeyOnly = isKeyOnly;
        topSpatial = spatialLayerCount - 1;
        targetSpatial = topSpatial;
        layersOfKey = spatialLayerCount;
    }

    @Override
    public Verdict select(MediaPacket packet, long nowNanos) {
        long ticks = packet.rtp().timestampTicks();
        if (spatial == NONE) {
            if (!packet.isKeyFrameStart()) {
                return Verdict.IGNORE;
            }
            pictures.clear();
            startTicks = ticks;
            decide(packet, ticks);
            return Verdict.START;
        }
        int layers = pictures.find(ticks);
        if (layers == PictureMemory.UNKNOWN) {
            if (RtpTimestamp.distanceTicks(startTicks, ticks) < 0) {
                return Verdict.IGNORE;
            }
            layers = decide(packet, ticks);
        }
        return isWithin(packet, layers) ? Verdict.FORWARD : Verdict.DROP;
    }

    private boolean isWithin(MediaPacket packet, int layers) {
        int maxSpatial = spatialOf(layers);
        boolean isBelow = packet.spatialId() < maxSpatial;
        boolean isNeeded = !isBelow || !isKeyOnly || (layers & KEY_PICTURE) != 0;
        return packet.spatialId() <= maxSpatial
                && packet.temporalId() <= temporalOf(layers)
                && isNeeded;
    }

    /// A picture that comes late changes nothing for those after it.
    private int decide(MediaPacket packet, long ticks) {
        var vp9 = packet.vp9();
        boolean isKey = !vp9.isInterPicture();
        if (!pictures.isOld(ticks)) {
            if (isKey) {
                int told = vp9.spatialLayerCount();
                layersOfKey = told == Vp9Descriptor.ABSENT ? layersOfKey : told;
                spatial = Math.min(targetSpatial, layersOfKey - 1);
                temporal = targetTemporal;
            } else if (!isKeyOnly) {
                spatial = Math.min(spatial, targetSpatial);
            }
            temporal = Math.min(temporal, targetTemporal);
            boolean mayStepUp = packet.isSwitchUp() && vp9.isFrameStart();
            if (mayStepUp && packet.temporalId() <= targetTemporal) {
                temporal = Math.max(temporal, packet.temporalId());
            }
        }
        int layers = spatial << TEMPORAL_BITS | temporal | (isKey ? KEY_PICTURE : 0);
        pictures.put(ticks, layers);
        return layers;
    }

    private static int spatialOf(int layers) {
        return (layers & ~KEY_PICTURE) >> TEMPORAL_BITS;
    }

    private static int temporalOf(int layers) {
        return layers & ((1 << TEMPORAL_BITS) - 1);
    }

    @Override
    public void prefer(int spatialLayer, int temporalLayer, long nowNanos) {
        targetSpatial = Math.clamp(spatialLayer, 0, topSpatial);
        targetTemporal = Math.clamp(temporalLayer, 0, MAX_TEMPORAL);
    }

    @Override
    public void restart() {
        spatial = NONE;
        temporal = NONE;
    }

    /// Also for a layer above, if the last key picture had one, and with K-SVC for one below.
    @Override
    public int keyFrameWanted() {
        if (spatial == NONE) {
            return 0;
        }
        int reachable = Math.min(targetSpatial, layersOfKey - 1);
        boolean isStuck = reachable > spatial || (isKeyOnly && reachable < spatial);
        return isStuck ? 0 : NONE;
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
        return targetSpatial;
    }

    @Override
    public boolean endsPicture(MediaPacket packet) {
        int layers = pictures.find(packet.rtp().timestampTicks());
        boolean isTop = layers != PictureMemory.UNKNOWN && packet.spatialId() == spatialOf(layers);
        return packet.rtp().isMarker() || (isTop && packet.vp9().isFrameEnd());
    }
}
