// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import noom.rtc.codec.DependencyDescriptor;
import noom.rtc.codec.VideoCodec;
import noom.rtc.codec.Vp8Descriptor;
import noom.rtc.rtp.AbsSendTime;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.HeaderExtensions;
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
/// Receivers of one packet mostly differ in nothing but numbers: for all but the first of them only
/// these are written over, as long as nothing changes its place ([Target#isLaidOutAs]).
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

    // What was written last, if it can be written over.
    private @Nullable MediaPacket lastSource;
    private long lastLook;
    private @Nullable Target lastTarget;
    private int midAt;

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

        /// Whether all that is written for either stands in the same places.
        @SuppressWarnings("ReferenceEquality") // those of one producer, or not of the same packet
        boolean isLaidOutAs(Target other) {
            return payloadType == other.payloadType
                    && mid.length == other.mid.length
                    && from == other.from
                    && to.equals(other.to);
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
        boolean isVp8 = source.codec() == VideoCodec.VP8;
        int vp8Bytes = isVp8 ? source.vp8().writeTo(descriptor, 0, pictureId, tl0PicIdx) : 0;
        if (isLaidOut(source, target)) {
            writeOver(target);
        } else if (!writeAnew(source, target, vp8Bytes)) {
            lastTarget = null;
            return null;
        }
        System.arraycopy(descriptor, 0, media, written.payloadOffset(), vp8Bytes);
        return written;
    }

    @SuppressWarnings("ReferenceEquality") // a view is nothing but itself
    private boolean isLaidOut(MediaPacket source, Target target) {
        return source == lastSource
                && source.lookCount() == lastLook
                && lastTarget != null
                && targetMask == 0
                && target.isLaidOutAs(lastTarget);
    }

    private void writeOver(Target target) {
        written.setMarker(isMarker);
        written.setSeq(seq);
        written.setTimestampTicks(ticks);
        written.setSsrc(target.ssrc);
        if (midAt != HeaderExtensions.ABSENT) {
            System.arraycopy(target.mid, 0, media, midAt, target.mid.length);
        }
    }

    private boolean writeAnew(MediaPacket source, Target target, int vp8Bytes) {
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
        // A longer descriptor takes the place of the bytes before the payload, which are there.
        int grown = vp8Bytes == 0 ? 0 : vp8Bytes - source.vp8().descriptorBytes();
        writer.payload(rtp.array(), rtp.payloadOffset() - grown, rtp.payloadBytes() + grown);
        if (!writer.writeTo(media, 0, written)) {
            return false;
        }
        midAt =
                target.midId == ExtensionIds.NONE
                        ? HeaderExtensions.ABSENT
                        : written.extensions().find(target.midId);
        lastSource = source;
        lastLook = source.lookCount();
        lastTarget = targetMask == 0 ? target : null;
        return true;
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
        lastTarget = null; // the view goes on to the other
        int length = Rtx.wrap(written, payloadType, rtxSeq, ssrc, repeated, 0);
        return length != RtpWriter.NO_ROOM && written.wrap(repeated, 0, length) ? written : null;
    }
}
