// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import noom.rtc.Demux;
import noom.rtc.rtcp.CompoundReader;
import noom.rtc.rtcp.NtpTime;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtcp.Rtcp.ExtendedReport.DelaySinceLast;
import noom.rtc.rtcp.Rtcp.ExtendedReport.ReceiverReferenceTime;
import noom.rtc.rtcp.TransportFeedback;
import noom.rtc.rtp.AbsSendTime;
import noom.rtc.rtp.ExtensionIds;
import noom.rtc.rtp.KnownExtension;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.TransportSeq;
import noom.rtc.srtp.SrtpContext;
import noom.sfu.forward.KeyFrameRequests;
import noom.sfu.ortc.RouterCapabilities;
import noom.sfu.repair.NackGenerator;
import noom.sfu.worker.MediaWorker;
import noom.testkit.VirtualClock;
import noom.testkit.net.SimNet;
import org.jspecify.annotations.Nullable;

/// Looks at every datagram that the worker sends, opened with the keys of its receiver, before
/// the network has done anything to it.
final class Watch implements MediaWorker.Out {
    private static final ExtensionIds IDS = RouterCapabilities.extensionIds();
    private static final long REQUEST_NANOS = KeyFrameRequests.SPACING_NANOS;
    private static final long REPORT_NANOS = Duration.ofMillis(900).toNanos();

    private final VirtualClock clock;
    private final Breaks breaks;
    private final Trace trace;
    private final Map<InetSocketAddress, ServerTransport> transports = new HashMap<>();
    private final Map<Long, Long> requestedNanos = new HashMap<>();
    private final Map<Long, Long> reportedNanos = new HashMap<>();
    private final Map<ServerTransport, Long> extendedNanos = new HashMap<>();
    private final Map<SimStream, Map<Long, Integer>> nacks = new HashMap<>();
    private final byte[] plain = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final RtpPacket packet = new RtpPacket();
    private final CompoundReader reader = new CompoundReader();
    SimNet<Note> net;
    FaceRule faces;
    private @Nullable InetSocketAddress asking;

    Watch(VirtualClock clock, Breaks breaks, Trace trace) {
        this.clock = clock;
        this.breaks = breaks;
        this.trace = trace;
    }

    /// What goes to this address goes to this transport's peer.
    void know(InetSocketAddress address, ServerTransport transport) {
        transports.put(address, transport);
    }

    @Nullable ServerTransport at(InetSocketAddress address) {
        return transports.get(address);
    }

    /// A datagram of this address is with the worker until the next call.
    void onTurn(@Nullable InetSocketAddress from) {
        asking = from;
    }

    private void require(boolean holds, Rule rule, Supplier<String> detail) {
        breaks.require(holds, rule, detail);
    }

    @Override
    public void flush() {}

    @Override
    public void send(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {
        byte[] datagram = Arrays.copyOfRange(bytes, offset, offset + lengthBytes);
        var protocol = Demux.of(datagram, 0, lengthBytes);
        var note = new Note(kind(protocol, datagram));
        trace.add(clock.nowNanos(), 0, to.getPort(), lengthBytes, note.kind);
        var transport = transports.get(to);
        if (transport == null) {
            // Anyone is told their own address.
            boolean isAnswer = protocol == Demux.STUN && to.equals(asking);
            require(isAnswer, Rule.CONSENT, () -> "sent to a stranger at " + to);
            return;
        }
        checkConsent(transport, protocol, to);
        switch (protocol) {
            case RTP -> onRtp(transport, datagram);
            case RTCP -> onRtcp(transport, datagram);
            case STUN, DTLS -> {}
            case OTHER -> breaks.report(Rule.SIGNALLED, "sent what nobody speaks", null);
        }
        net.send(datagram, note, to);
    }

    private static String kind(Demux protocol, byte[] datagram) {
        return switch (protocol) {
            case STUN -> "answer";
            case DTLS -> datagram[0] == SimKeys.HELLO ? "hello" : "goodbye";
            case RTP -> "rtp";
            case RTCP -> "rtcp";
            case OTHER -> "other";
        };
    }

    private void checkConsent(ServerTransport transport, Demux protocol, InetSocketAddress to) {
        if (protocol == Demux.STUN) {
            require(to.equals(asking), Rule.CONSENT, () -> "answers who has not asked");
            return;
        }
        boolean isGoodbye = protocol == Demux.DTLS;
        require(!transport.isClosed || isGoodbye, Rule.CONSENT, () -> "sent after the end");
        require(!transport.isEnded || isGoodbye, Rule.CONSENT, () -> "sent after the goodbye");
        require(transport.wasChecked(to), Rule.CONSENT, () -> "sent before a check");
        boolean hasConsent = transport.hasConsent(to, clock.nowNanos());
        require(hasConsent, Rule.CONSENT, () -> "sent without consent");
    }

    private void onRtp(ServerTransport to, byte[] datagram) {
        if (to.witness == null) {
            breaks.report(Rule.SIGNALLED, "sent without keys", null);
            return;
        }
        var receiver = to.witness.receiver();
        int bytes = receiver.unprotectRtp(datagram, 0, datagram.length, plain, 0);
        if (bytes <= 0 || !packet.wrap(plain, 0, bytes)) {
            breaks.report(Rule.REPLAY, "cannot be opened: " + receiver.refusal(), null);
            return;
        }
        var track = to.forwarded.get(packet.ssrc());
        if (track == null || track.isClosed) {
            breaks.report(Rule.SIGNALLED, "nobody was told of SSRC " + packet.ssrc(), null);
            return;
        }
        int number = TransportSeq.read(packet.extensions(), IDS.id(KnownExtension.TRANSPORT_CC));
        if (number != TransportSeq.ABSENT) {
            boolean isNext = number == to.nextTransportSeq;
            require(isNext, Rule.CONTIGUOUS, () -> "transport-wide number " + number);
            to.nextTransportSeq = number + 1 & 0xFFFF;
        } else {
            require(!track.track.isVideo, Rule.SIGNALLED, () -> "no transport-wide number");
        }
        int sent = AbsSendTime.read(packet.extensions(), IDS.id(KnownExtension.ABS_SEND_TIME));
        boolean isNow = sent == AbsSendTime.ofNanos(clock.nowNanos());
        require(isNow, Rule.ARRIVALS, () -> "sent at another time");
        faces.onSent(to.browser, track.track);
        track.onRtp(packet);
    }

    private void onRtcp(ServerTransport to, byte[] datagram) {
        if (to.witness == null) {
            breaks.report(Rule.SIGNALLED, "sent without keys", null);
            return;
        }
        var receiver = to.witness.receiver();
        int bytes = receiver.unprotectRtcp(datagram, 0, datagram.length, plain, 0);
        if (bytes <= 0 || !reader.read(plain, 0, bytes) || reader.brokenCount() > 0) {
            breaks.report(Rule.REPLAY, "control cannot be opened: " + receiver.refusal(), null);
            return;
        }
        for (var control : reader.packets()) {
            onControl(to, control);
        }
    }

    private void onControl(ServerTransport to, Rtcp control) {
        switch (control) {
            case Rtcp.Pli pli -> onRequest(to, pli.mediaSsrc());
            case Rtcp.Nack nack -> onNack(to, nack);
            case Rtcp.Arrivals arrivals -> onArrivals(to, arrivals.feedback());
            case Rtcp.ReceiverReport report -> report.blocks().forEach(block -> onBlock(to, block));
            case Rtcp.SenderReport report -> onReport(to, report);
            case Rtcp.SourceDescription description -> onNames(to, description);
            case Rtcp.ExtendedReport report -> report.blocks().forEach(block -> onBlock(to, block));
            case Rtcp.Fir _, Rtcp.Bye _, Rtcp.Remb _ ->
                    breaks.report(Rule.SIGNALLED, "says " + control, null);
        }
    }

    private @Nullable SimStream stream(ServerTransport to, long ssrc) {
        var stream = to.browser.stream(ssrc);
        require(stream != null, Rule.SIGNALLED, () -> "speaks of SSRC " + ssrc);
        return stream;
    }

    private void onRequest(ServerTransport to, long ssrc) {
        var stream = stream(to, ssrc);
        long now = clock.nowNanos();
        Long before = requestedNanos.put(ssrc, now);
        boolean isSpaced = before == null || now - before >= REQUEST_NANOS;
        require(isSpaced, Rule.REQUESTS, () -> "asks for key frames too often");
        boolean isPicture = stream == null || stream.track.isVideo;
        require(isPicture, Rule.REQUESTS, () -> "asks for a key frame of sound");
    }

    private void onNack(ServerTransport to, Rtcp.Nack nack) {
        var stream = stream(to, nack.mediaSsrc());
        if (stream == null) {
            return;
        }
        var counts = nacks.computeIfAbsent(stream, _ -> new HashMap<>());
        nack.forEachLost(
                seq -> {
                    long number = stream.unwrap(seq);
                    boolean isMissing =
                            number >= stream.firstNumber
                                    && number < stream.highestArrived()
                                    && !stream.hasArrived(number);
                    require(isMissing, Rule.REQUESTS, () -> "asks for " + number + ", which came");
                    int count = counts.merge(number, 1, Integer::sum);
                    boolean isPatient = count <= NackGenerator.MAX_TRIES;
                    require(
                            isPatient,
                            Rule.REQUESTS,
                            () -> "asks for " + number + " again and again");
                });
    }

    private void onArrivals(ServerTransport to, TransportFeedback feedback) {
        long reference = (long) feedback.reference() * TransportFeedback.TICKS_PER_REFERENCE;
        feedback.forEachArrival(
                (seq, ticks) -> {
                    long arrived = to.arrivedNanos(to.peer.unwrapTransportSeq(seq));
                    long told = (reference + ticks) * TransportFeedback.TICK_NANOS;
                    boolean isTrue =
                            arrived >= 0
                                    && told <= arrived
                                    && arrived - told < TransportFeedback.TICK_NANOS;
                    require(
                            isTrue,
                            Rule.ARRIVALS,
                            () -> seq + " came at " + arrived + ", not " + told);
                });
    }

    private void onBlock(ServerTransport to, Rtcp.ReportBlock block) {
        var stream = stream(to, block.ssrc());
        if (stream == null) {
            return;
        }
        boolean isHighest =
                (block.extendedHighestSeq() & 0xFFFF) == (stream.highestArrived() & 0xFFFF);
        require(isHighest, Rule.REPORTS, () -> "highest is " + block.extendedHighestSeq());
        var last = stream.lastReport;
        long middle = last == null ? 0 : last.ntpTime() >>> 16 & 0xFFFF_FFFFL;
        boolean isLast = block.lastSenderReport() == middle;
        require(isLast, Rule.REPORTS, () -> "of another sender report");
        checkSpacing(block.ssrc());
    }

    /// Who sends is told the time, and who tells it is answered.
    private void onBlock(ServerTransport to, Rtcp.ExtendedReport.Block block) {
        long now = clock.nowNanos();
        switch (block) {
            case ReceiverReferenceTime(long ntpTime) -> {
                require(to.peer.isSending, Rule.REPORTS, () -> "tells the time who sends nothing");
                require(ntpTime == NtpTime.ofNanos(now), Rule.REPORTS, () -> "another time");
            }
            case DelaySinceLast _ -> {
                var expected = to.references.answer(now);
                require(block.equals(expected), Rule.REPORTS, () -> block + ", not " + expected);
            }
        }
        Long before = extendedNanos.put(to, now);
        boolean isSpaced = before == null || now - before >= REPORT_NANOS;
        require(isSpaced, Rule.REPORTS, () -> "extended reports too often");
    }

    private void onReport(ServerTransport to, Rtcp.SenderReport report) {
        var track = to.forwarded.get(report.ssrc());
        if (track == null || track.isClosed) {
            breaks.report(Rule.SIGNALLED, "reports on SSRC " + report.ssrc(), null);
            return;
        }
        track.onReport(report);
        checkSpacing(report.ssrc());
    }

    private void checkSpacing(long ssrc) {
        long now = clock.nowNanos();
        Long before = reportedNanos.put(ssrc, now);
        boolean isSpaced = before == null || now - before >= REPORT_NANOS;
        require(isSpaced, Rule.REPORTS, () -> "reports too often");
    }

    private void onNames(ServerTransport to, Rtcp.SourceDescription description) {
        for (var chunk : description.chunks()) {
            var track = to.forwarded.get(chunk.ssrc());
            boolean isRight = track != null && chunk.cname().equals(track.track.owner.name);
            require(isRight, Rule.REPORTS, () -> "calls itself " + chunk.cname());
        }
    }
}
