// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import noom.rtc.codec.DependencyDescriptor;
import noom.rtc.codec.VideoCodec;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtp.AbsSendTime;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.rtc.rtp.Rtx;
import noom.rtc.rtp.TransportSeq;
import noom.sfu.forward.MediaPacket;
import noom.sfu.ortc.RtpParameters;
import org.jspecify.annotations.Nullable;

/// Writes a packet anew for one receiver: header, extensions and what the codec says in front;
/// the rest of the payload is copied behind as it is. The source is never changed.
///
/// Owner: the router, one for all its consumers; what is written is borrowed until the next
/// packet.
final class PacketWriter {
    private final RtpWriter writer = new RtpWriter();
    private final byte[] media = new byte[RtpPacket.MAX_PACKET_BYTES];
    private final byte[] repeated = new byte[RtpPacket.MAX_PACKET_BYTES];
    private final byte[] dependencies = new byte[DependencyDescriptor.MAX_BYTES];
    private final byte[] descriptor = new byte[Vp8Descriptor.MAX_DESCRIPTOR_BYTES];
    private final RtpPacket written = new RtpPacket();

    // The numbers of the packet to be written.
    int seq;
    long ticks;
    boolean isMarker;
    int pictureId;
    int tl0PicIdx;
    long targetMask;

    /// What does not change for a receiver.
    static final class Target {
        final int payloadType;
        final long ssrc;
        private final byte[] mid;
        private final ExtensionIds from;
        private final ExtensionIds to;
        private final int midId;
        private final int transportSeqId;
        private final int sendTimeId;
        private final int dependencyId;

        /// @param parameters what the receiver is told
        /// @param from the sender's numbers
        Target(RtpParameters parameters, ExtensionIds from) {
            payloadType = parameters.codecs().getFirst().payloadType();
            ssrc = parameters.encodings().getFirst().ssrc();
            mid = parameters.mid().getBytes(StandardCharsets.UTF_8);
            this.from = from;
            to = extensionIds(parameters);
            midId = to.id(KnownExtension.MID);
            transportSeqId = to.id(KnownExtension.TRANSPORT_CC);
            sendTimeId = to.id(KnownExtension.ABS_SEND_TIME);
            dependencyId = to.id(KnownExtension.DEPENDENCY_DESCRIPTOR);
        }

        private static ExtensionIds extensionIds(RtpParameters parameters) {
            var ids = new EnumMap<KnownExtension, Integer>(KnownExtension.class);
            for (var extension : parameters.headerExtensions()) {
                KnownExtension.ofUri(extension.uri())
                        .ifPresent(known -> ids.put(known, extension.id()));
            }
            return ExtensionIds.of(ids).orElseThrow();
        }
    }

    /// The packet in the receiver's numbers; null if it does not fit, which only a packet of
    /// the full size that also grows can cause.
    @Nullable RtpPacket write(MediaPacket source, Target target) {
        var rtp = source.rtp();
        writer.begin(target.payloadType, isMarker, seq, ticks, target.ssrc);
        // What is looked for again when it leaves comes first.
        placeholder(target.transportSeqId, TransportSeq.VALUE_BYTES);
        placeholder(target.sendTimeId, AbsSendTime.VALUE_BYTES);
        if (target.midId != ExtensionIds.NONE) {
            writer.extension(target.midId, target.mid, 0, target.mid.length);
        }
        writeDependencies(source, target.dependencyId);
        writer.extensions(rtp.extensions(), target.from, target.to);
        int oldBytes = 0;
        int newBytes = 0;
        if (source.codec() == VideoCodec.VP8) {
            oldBytes = source.vp8().descriptorBytes();
            newBytes = source.vp8().writeTo(descriptor, 0, pictureId, tl0PicIdx);
        }
        // A longer descriptor takes the place of the bytes before the payload, which are there.
        int grown = newBytes - oldBytes;
        writer.payload(rtp.array(), rtp.payloadOffset() - grown, rtp.payloadBytes() + grown);
        if (!writer.writeTo(media, 0, written)) {
            return null;
        }
        System.arraycopy(descriptor, 0, media, written.payloadOffset(), newBytes);
        return written;
    }

    /// Written over when it leaves.
    private void placeholder(int id, int valueBytes) {
        if (id != ExtensionIds.NONE) {
            writer.extension(id, valueBytes);
        }
    }

    private void writeDependencies(MediaPacket source, int id) {
        if (id == ExtensionIds.NONE || targetMask == 0 || !source.hasDependencies()) {
            return;
        }
        int length = source.dependencies().writeTo(dependencies, 0, targetMask);
        if (length != DependencyDescriptor.NO_ROOM) {
            writer.extension(id, dependencies, 0, length);
        }
    }

    /// The packet that was written last, as a retransmission of it.
    @Nullable RtpPacket repeat(int payloadType, int rtxSeq, long ssrc) {
        int length = Rtx.wrap(written, payloadType, rtxSeq, ssrc, repeated, 0);
        return length != RtpWriter.NO_ROOM && written.wrap(repeated, 0, length) ? written : null;
    }
}
