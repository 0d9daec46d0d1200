// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.testkit.net.Link;
import noom.testkit.net.SimNet;
import org.jspecify.annotations.Nullable;

/// A page in a meeting: it sends sound and pictures, and gets those of the others.
///
/// Owner: the simulation.
final class SimBrowser implements BrowserTransport.Sink {
    /// How often it looks what is to be done.
    static final Duration TURN = Duration.ofMillis(20);

    private static final int ANY_LEVEL = -1;
    private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();

    final int id;
    final String name;
    final SimMeeting meeting;
    final SplittableRandom random;
    final Link up;
    final Link down;
    final BrowserTransport sending;
    final BrowserTransport receiving;
    final List<SimTrack> tracks = new ArrayList<>();
    final Map<Long, ReceivedTrack> received = new LinkedHashMap<>();
    private final Map<Long, ReceivedTrack> repeated = new HashMap<>();
    private final List<ReceivedTrack> pictures = new ArrayList<>();
    private final Map<SimStream, SimEncoder> encoders = new HashMap<>();
    private final Map<SimTrack, Integer> layersWanted = new HashMap<>();
    private final Content content = new Content();
    private final References references = new References();
    private final boolean makesAllKeys;
    private final boolean heedsLayers;
    private final boolean asksByFir;
    private final long ownSsrc;
    private long reportDueNanos;
    private long restartedNanos;
    private int mids;
    long publishedNanos;
    long connectedNanos;

    /// The encoding that it wants of the cameras of others.
    int wantedSpatial = 2;

    boolean isGone;

    SimBrowser(int id, SimMeeting meeting, SplittableRandom random, Link up, Link down) {
        this.id = id;
        this.meeting = meeting;
        this.random = random;
        this.up = up;
        this.down = down;
        name = "person" + id;
        sending = new BrowserTransport(2 * id, true, random.split(), meeting.breaks, this);
        receiving = new BrowserTransport(2 * id + 1, false, random.split(), meeting.breaks, this);
        sending.line = attach(sending);
        receiving.line = attach(receiving);
        makesAllKeys = random.nextBoolean();
        heedsLayers = random.nextInt(3) == 0;
        asksByFir = random.nextInt(4) == 0;
        ownSsrc = random.nextLong(1, 1L << 32);
    }

    private SimNet<Note>.Line attach(BrowserTransport transport) {
        return meeting.net.attach(
                meeting.freeAddress(),
                up,
                down,
                (datagram, note, isCopy, to) -> {
                    meeting.trace.add(now(), -1, to.getPort(), datagram.length, "got " + note.kind);
                    transport.receive(datagram, note, isCopy, now());
                    meeting.breaks.check();
                });
    }

    private long now() {
        return meeting.clock.nowNanos();
    }

    boolean isConnected() {
        return sending.isConnected() && receiving.isConnected();
    }

    boolean isCut() {
        return up.isCut() || down.isCut();
    }

    @Nullable SimStream stream(long ssrc) {
        for (var track : tracks) {
            var stream = track.stream(ssrc);
            if (stream != null) {
                return stream;
            }
        }
        return null;
    }

    /// Begins to send something; it goes on the wire when there are keys.
    SimTrack publish(SimTrack.Kind kind, int mostParts) {
        var track =
                new SimTrack(
                        meeting.nextTrack(), this, kind, Integer.toString(mids++), random.split());
        tracks.add(track);
        publishedNanos = now();
        for (var stream : track.streams) {
            if (track.isVideo) {
                encoders.put(stream, new SimEncoder(stream, mostParts, random.split()));
            }
        }
        return track;
    }

    @Override
    public void onConnected(BrowserTransport transport) {
        if (transport == sending) {
            tracks.forEach(track -> meeting.fromPage(this, () -> meeting.produce(this, track)));
        } else {
            connectedNanos = now();
            meeting.fromPage(this, () -> meeting.offerAll(this));
        }
    }

    /// The server would like no more than this.
    void onLayersWanted(SimTrack track, int maxSpatialLayer) {
        layersWanted.put(track, maxSpatialLayer);
    }

    /// The server offers a track.
    void onOffer(ForwardedTrack track) {
        var one = new ReceivedTrack(track, ownSsrc, asksByFir, meeting.breaks);
        received.put(track.ssrc, one);
        if (track.track.isVideo) {
            repeated.put(track.rtxSsrc, one);
            pictures.add(one);
        }
        resume(one);
    }

    void resume(ReceivedTrack one) {
        one.start(now());
        meeting.fromPage(this, () -> meeting.resume(one.from));
    }

    void pause(ReceivedTrack one) {
        one.stop();
        meeting.fromPage(this, () -> meeting.pause(one.from));
    }

    /// Whether something came of all that it wants.
    boolean isSettled() {
        return received.values().stream().allMatch(one -> one.hasBegun() || !one.isRunning);
    }

    /// A track as it comes here, or null.
    @Nullable ReceivedTrack received(SimTrack track) {
        var from = track.forwarded.get(this);
        return from == null ? null : received.get(from.ssrc);
    }

    /// A track is not there any more.
    void forget(ForwardedTrack track) {
        pictures.remove(received.remove(track.ssrc));
        repeated.remove(track.rtxSsrc);
    }

    /// Takes a picture with every camera.
    void film() {
        for (var track : List.copyOf(tracks)) {
            if (!track.isVideo || isSilent(track)) {
                continue;
            }
            int most = heedsLayers ? layersWanted.getOrDefault(track, 2) : 2;
            for (var stream : track.streams) {
                boolean isWanted = stream.encoding <= Math.max(0, most) && stream.isOn;
                if (isWanted || !stream.isSettled()) {
                    film(stream);
                }
            }
        }
    }

    private boolean isSilent(SimTrack track) {
        return isGone || track.isClosed || !sending.isConnected();
    }

    private void film(SimStream stream) {
        long number = stream.newestNumber() + 1;
        for (var packet : encoders.get(stream).film(now())) {
            send(packet, stream, number++, false);
        }
        if (random.nextInt(100) == 0) {
            send(stream.padding(now()), stream, number, false);
        }
    }

    /// Says something.
    void speak() {
        speak(ANY_LEVEL);
    }

    /// Says something so loud, in dB below the loudest.
    void speak(int level) {
        for (var track : tracks) {
            if (!track.isVideo && !isSilent(track)) {
                speak(track.streams.getFirst(), level);
            }
        }
    }

    private void speak(SimStream stream, int level) {
        var frame = new SimStream.Frame();
        frame.firstNumber = stream.newestNumber() + 1;
        frame.parts = 1;
        frame.captureNanos = now();
        stream.frames.add(frame);
        content.track = stream.track.id;
        content.number = (int) frame.firstNumber;
        content.frame = stream.frames.size() - 1;
        content.parts = 1;
        content.level = level == ANY_LEVEL ? random.nextInt(Content.LEVELS) : level;
        content.captureNanos = now();
        var payload = new byte[Content.BYTES + random.nextInt(40)];
        content.writeTo(payload, 0);
        boolean isFirst = frame.firstNumber == stream.firstNumber;
        byte[] packet = stream.media(payload, isFirst, now(), content.level);
        send(packet, stream, frame.firstNumber, false);
    }

    private void send(byte[] packet, SimStream stream, long number, boolean isRtx) {
        var note = new Note(isRtx ? "rtx" : stream.track.isVideo ? "vp8" : "opus");
        note.stream = stream;
        note.isRtx = isRtx;
        note.number = number;
        sending.sendRtp(packet, note, now());
    }

    /// Sends padding to probe for bandwidth.
    void probe() {
        for (var track : tracks) {
            if (track.isVideo && !isSilent(track)) {
                var stream = track.streams.getLast();
                send(stream.probe(), stream, Note.NO_NUMBER, true);
            }
        }
    }

    @Override
    public void onRtp(RtpPacket packet, boolean isCopy) {
        var one = received.get(packet.ssrc());
        one = one == null ? repeated.get(packet.ssrc()) : one;
        if (one != null) {
            long before = one.decodedCount;
            one.onRtp(packet, now());
            if (one.decodedCount > before) {
                meeting.faces.rule.onShown(one);
            }
        }
    }

    @Override
    public void onRtcp(List<Rtcp> packets) {
        for (var packet : packets) {
            switch (packet) {
                case Rtcp.Nack nack -> onNack(nack);
                case Rtcp.Pli pli -> onPictureLost(pli.mediaSsrc());
                case Rtcp.SenderReport report -> {
                    var one = received.get(report.ssrc());
                    if (one != null) {
                        one.onReport(report, now());
                    }
                }
                case Rtcp.ReceiverReport report -> report.blocks().forEach(this::onBlock);
                case Rtcp.ExtendedReport report -> references.take(report, now());
                default -> {}
            }
        }
    }

    private void onNack(Rtcp.Nack nack) {
        var stream = stream(nack.mediaSsrc());
        if (stream == null || isSilent(stream.track)) {
            return;
        }
        nack.forEachLost(
                seq -> {
                    long number = stream.unwrap(seq);
                    byte[] again = number < stream.firstNumber ? null : stream.again(number);
                    if (again != null) {
                        send(again, stream, number, true);
                    }
                });
    }

    private void onPictureLost(long ssrc) {
        var stream = stream(ssrc);
        if (stream != null) {
            stream.isKeyWanted = true;
            if (makesAllKeys) {
                stream.track.streams.forEach(one -> one.isKeyWanted = true);
            }
        }
    }

    /// Browsers stop to name a stream once they know that it was heard.
    private void onBlock(Rtcp.ReportBlock block) {
        var stream = stream(block.ssrc());
        if (stream != null) {
            stream.isNamed = false;
        }
    }

    /// What is to be done now and then.
    void turn() {
        if (isGone) {
            return;
        }
        long now = now();
        sending.advance(now);
        receiving.advance(now);
        var control = new ArrayList<Rtcp>();
        pictures.forEach(one -> one.advance(now, control));
        control.forEach(packet -> receiving.sendRtcp(List.of(packet)));
        if (now >= reportDueNanos) {
            reportDueNanos = now + REPORT_NANOS;
            report(now);
        }
        boolean isFailing = sending.isFailing(now) || receiving.isFailing(now);
        if (isFailing && now - restartedNanos > BrowserTransport.FAILED_NANOS) {
            restartedNanos = now;
            meeting.fromPage(this, () -> meeting.restartIce(this));
        }
    }

    private void report(long now) {
        var sent = new ArrayList<Rtcp>();
        for (var track : tracks) {
            for (var stream : track.streams) {
                if (!isSilent(track) && stream.hasBegun()) {
                    sent.add(stream.report(now));
                }
            }
        }
        var answer = references.answer(now);
        if (answer != null) {
            sent.add(new Rtcp.ExtendedReport(ownSsrc, List.of(answer)));
        }
        sending.sendRtcp(sent);
        var blocks = new ArrayList<Rtcp.ReportBlock>();
        for (var one : received.values()) {
            if (one.hasBegun() && blocks.size() < Rtcp.MAX_COUNT) {
                blocks.add(one.block(now));
            }
        }
        var time = new Rtcp.ExtendedReport.ReceiverReferenceTime(SimStream.ntpOf(now));
        receiving.sendRtcp(
                List.of(
                        new Rtcp.ReceiverReport(ownSsrc, blocks),
                        new Rtcp.ExtendedReport(ownSsrc, List.of(time))));
    }

    /// The network gives it other addresses.
    void move(boolean isSendingToo) {
        if (isSendingToo) {
            move(sending, meeting.freeAddress());
        }
        move(receiving, meeting.freeAddress());
    }

    private void move(BrowserTransport transport, InetSocketAddress next) {
        transport.move(next);
        meeting.onMoved(this, transport);
    }

    /// Nothing is heard of it any more.
    void die() {
        isGone = true;
        sending.die();
        receiving.die();
    }

    /// Ends its transports in order, on its side.
    void close() {
        isGone = true;
        sending.close();
        receiving.close();
    }
}
