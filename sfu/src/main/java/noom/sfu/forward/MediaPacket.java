// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import noom.rtc.codec.Av1Payload;
import noom.rtc.codec.DecodeTargetUse;
import noom.rtc.codec.DependencyDescriptor;
import noom.rtc.codec.H264Payload;
import noom.rtc.codec.VideoCodec;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.codec.Vp9Descriptor;
import noom.rtc.rtp.HeaderExtensions;
import noom.rtc.rtp.Rollover;
import noom.rtc.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/// A reusable view over one packet of an encoding: what its codec says in front, in words
/// that are the same for all codecs.
///
/// Owner: the producer's encoding, whose descriptors it remembers. Looked at once and read by
/// all receivers. The packet is borrowed until the next [#wrap].
public final class MediaPacket {
    private final int encodingIndex;
    private final @Nullable VideoCodec codec;
    private final int dependencyId;
    private final Vp8Descriptor vp8 = new Vp8Descriptor();
    private final Vp9Descriptor vp9 = new Vp9Descriptor();
    private final H264Payload h264 = new H264Payload();
    private final Av1Payload av1 = new Av1Payload();
    private final DependencyDescriptor dependencies = new DependencyDescriptor();
    private RtpPacket rtp = new RtpPacket();
    private final Rollover seqs = Rollover.ofSeq();
    private long structureSeq = Long.MIN_VALUE;
    private long lookCount;
    private boolean hasDependencies;
    private boolean isKeyFrameStart;
    private boolean isSwitchUp;
    private int spatialId;
    private int temporalId;

    /// For the packets of one encoding.
    ///
    /// @param codec null for sound
    /// @param dependencyId the sender's number of the dependency descriptor, or 0
    public MediaPacket(int encodingIndex, @Nullable VideoCodec codec, int dependencyId) {
        this.encodingIndex = encodingIndex;
        this.codec = codec;
        this.dependencyId = dependencyId;
    }

    /// Looks at a packet.
    ///
    /// @return false if its payload is malformed; then only [#rtp()] may be asked
    public boolean wrap(RtpPacket packet) {
        rtp = packet;
        lookCount++;
        isKeyFrameStart = false;
        isSwitchUp = false;
        spatialId = 0;
        temporalId = 0;
        hasDependencies = dependencyId != 0 && readDependencies(packet);
        if (codec == null) {
            return true;
        }
        byte[] bytes = packet.array();
        int at = packet.payloadOffset();
        int length = packet.payloadBytes();
        return switch (codec) {
            case VP8 -> vp8.wrap(bytes, at, length) && takeVp8();
            case VP9 -> vp9.wrap(bytes, at, length) && takeVp9();
            case H264 -> h264.wrap(bytes, at, length) && take(h264.isKeyFrameStart());
            case AV1 -> av1.wrap(bytes, at, length) && take(av1.isKeyFrameStart());
        };
    }

    /// How many packets were looked at; it is still the same one if there were no more.
    public long lookCount() {
        return lookCount;
    }

    /// Which of the track's encodings it belongs to.
    public int encodingIndex() {
        return encodingIndex;
    }

    /// Its codec; null for sound.
    public @Nullable VideoCodec codec() {
        return codec;
    }

    /// The packet.
    public RtpPacket rtp() {
        return rtp;
    }

    /// Whether decoding can begin with this packet.
    public boolean isKeyFrameStart() {
        return isKeyFrameStart;
    }

    /// Spatial layer within the encoding.
    public int spatialId() {
        return spatialId;
    }

    /// Temporal layer.
    public int temporalId() {
        return temporalId;
    }

    /// Whether a receiver may step up to this temporal layer here.
    public boolean isSwitchUp() {
        return isSwitchUp;
    }

    /// The descriptor if the codec is VP8.
    public Vp8Descriptor vp8() {
        return vp8;
    }

    /// The descriptor if the codec is VP9.
    public Vp9Descriptor vp9() {
        return vp9;
    }

    /// Whether there is a dependency descriptor that is understood.
    public boolean hasDependencies() {
        return hasDependencies;
    }

    /// The dependency descriptor, if [#hasDependencies()].
    public DependencyDescriptor dependencies() {
        return dependencies;
    }

    private boolean takeVp8() {
        isKeyFrameStart = vp8.isKeyFrameStart();
        temporalId = Math.max(0, vp8.temporalId());
        isSwitchUp = vp8.isLayerSync();
        return true;
    }

    private boolean takeVp9() {
        isKeyFrameStart = vp9.isKeyFrameStart();
        spatialId = Math.max(0, vp9.spatialId());
        temporalId = Math.max(0, vp9.temporalId());
        isSwitchUp = vp9.isSwitchingUpPoint();
        return true;
    }

    /// The dependency descriptor knows better than the payload, and knows layers.
    private boolean take(boolean isKeyFrameByPayload) {
        isKeyFrameStart = isKeyFrameByPayload;
        if (hasDependencies) {
            isKeyFrameStart = dependencies.hasNewStructure() && dependencies.isFrameStart();
            spatialId = dependencies.spatialId();
            temporalId = dependencies.temporalId();
            isSwitchUp = isSwitchOfItsLayer();
        }
        return true;
    }

    private boolean isSwitchOfItsLayer() {
        var structure = dependencies.structure();
        if (structure == null) {
            return false;
        }
        for (int target = 0; target < structure.decodeTargetCount(); target++) {
            if (structure.temporalIdOf(target) == temporalId
                    && structure.spatialIdOf(target) == spatialId) {
                return dependencies.use(target) == DecodeTargetUse.SWITCH;
            }
        }
        return false;
    }

    /// A packet from shortly before the last structure speaks of another one: it is not read.
    private boolean readDependencies(RtpPacket packet) {
        var extensions = packet.extensions();
        int at = extensions.find(dependencyId);
        long seq = seqs.unwrap(packet.seq());
        boolean isOld = seq < structureSeq && structureSeq - seq <= SeqRewriter.WINDOW;
        if (at == HeaderExtensions.ABSENT
                || isOld
                || !dependencies.read(extensions.array(), at, extensions.lengthAt(at))) {
            return false;
        }
        if (dependencies.hasNewStructure()) {
            structureSeq = seq;
        }
        return true;
    }
}
