// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.DtlsMailbox;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.sfu.Router;
import noom.sfu.WebRtcTransport;
import noom.sfu.ortc.Receivers;
import noom.sfu.ortc.RtpCapabilities;
import noom.sfu.worker.MediaWorker;
import noom.testkit.VirtualClock;
import noom.testkit.net.SimNet;
import org.jspecify.annotations.Nullable;

/// The server's side of a meeting: the real worker, what signalling would ask of it, and the
/// rules that are about all of it.
///
/// Owner: the simulation.
final class SimMeeting {
    private static final RtpCapabilities CHROMIUM = Receivers.chromium();
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final Duration TICK = Duration.ofMillis(MediaWorker.TICK_MILLIS);
    private static final Duration TABLES = Duration.ofMillis(250);

    /// People more than this many are as far from signalling as those before them.
    private static final int DISTANCES = 10;

    final VirtualClock clock = new VirtualClock();
    final Trace trace = new Trace();
    final Breaks breaks;
    final Watch watch;
    final SimNet<Note> net;
    final SimWorkers worker;
    final Router router;
    final Map<SimBrowser, List<ServerTransport>> joined = new LinkedHashMap<>();
    final List<ForwardedTrack> forwarded = new ArrayList<>();
    final Faces faces;
    private final Tables tables = new Tables(this);
    private final Map<Fingerprint, ServerTransport> byFingerprint = new HashMap<>();
    private final Map<SimBrowser, ArrayDeque<Runnable>> toPage = new HashMap<>();
    private final Map<SimBrowser, ArrayDeque<Runnable>> toServer = new HashMap<>();
    private final SplittableRandom random;
    private int addresses;
    private int tracks;
    private int consumers;

    /// @param mostFaces cameras that one receiver gets at a time
    SimMeeting(long seed, SplittableRandom random, int mostFaces) {
        this.random = random;
        faces = new Faces(this, mostFaces);
        breaks = new Breaks(seed, trace);
        watch = new Watch(clock, breaks, trace);
        net = new SimNet<>(this::onDatagram);
        watch.net = net;
        watch.faces = faces.rule;
        worker =
                new SimWorkers(
                        seed % 2 == 0,
                        watch,
                        this::later,
                        clock::nowNanos,
                        new ServerRandom(random.split()),
                        this::openDtls);
        router = worker.openRouter(faces::onSpeaker);
        tick();
    }

    /// Something that is no turn of the worker's happens.
    void at(Duration delay, Runnable what) {
        var _ =
                clock.schedule(
                        delay,
                        () -> {
                            what.run();
                            breaks.check();
                        });
    }

    /// Lets time pass.
    void go(Duration time) {
        long end = now() + time.toNanos();
        while (now() < end) {
            clock.advance(Duration.ofNanos(Math.min(TABLES.toNanos(), end - now())));
            tables.check();
            worker.run(this::closeDisconnected);
        }
    }

    private void later(Runnable task) {
        long delay = random.nextLong(Duration.ofMillis(15).toNanos());
        var _ = clock.schedule(Duration.ofNanos(delay), () -> step(task));
    }

    private void step(Runnable task) {
        watch.onTurn(null);
        task.run();
        breaks.check();
    }

    private DtlsEndpoint openDtls(Fingerprint remote, DtlsMailbox owner, DtlsEndpoint.Sink sink) {
        var transport = byFingerprint.get(remote);
        var profile = transport.peer.profile;
        return new SimKeys.Server(profile, random.split(), owner, sink, transport::onKeys);
    }

    InetSocketAddress freeAddress() {
        try {
            var host = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
            return new InetSocketAddress(host, 1_000 + addresses++);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    int nextTrack() {
        return tracks++;
    }

    long now() {
        return clock.nowNanos();
    }

    private void tick() {
        step(worker::tick);
        var _ = clock.schedule(TICK, this::tick);
    }

    private void onDatagram(byte[] datagram, Note note, boolean isCopy, InetSocketAddress from) {
        trace.add(now(), from.getPort(), 0, datagram.length, note.kind);
        var transport = watch.at(from);
        if (transport != null) {
            transport.arrive(note, isCopy, from, now());
        }
        watch.onTurn(from);
        worker.onDatagram(ByteBuffer.wrap(datagram), from);
        worker.onTurnEnd();
        breaks.check();
    }

    /// A datagram comes from where nobody is.
    void intrude(byte[] datagram) {
        onDatagram(datagram, new Note("noise"), false, freeAddress());
    }

    /// What a page says arrives later, in order, and not while its network is cut.
    void fromPage(SimBrowser browser, Runnable command) {
        pass(toServer, browser, () -> worker.run(command));
    }

    private void toPage(SimBrowser browser, Runnable news) {
        pass(toPage, browser, news);
    }

    private void pass(
            Map<SimBrowser, ArrayDeque<Runnable>> way, SimBrowser browser, Runnable message) {
        var queue = way.computeIfAbsent(browser, _ -> new ArrayDeque<>());
        queue.add(message);
        long delay = Duration.ofMillis(5).toNanos() + browser.id % DISTANCES * 7_000_000L;
        var _ = clock.schedule(Duration.ofNanos(delay), () -> pump(queue, browser));
    }

    private void pump(ArrayDeque<Runnable> queue, SimBrowser browser) {
        if (browser.isGone) {
            queue.clear();
        } else if (browser.isCut()) {
            var _ = clock.schedule(RETRY, () -> pump(queue, browser));
        } else {
            step(queue.remove());
        }
    }

    /// Opens both transports of a page.
    void join(SimBrowser browser) {
        var transports = new ArrayList<ServerTransport>();
        joined.put(browser, transports);
        for (var peer : List.of(browser.sending, browser.receiving)) {
            var transport = new ServerTransport(browser, peer, breaks);
            byFingerprint.put(peer.fingerprint, transport);
            watch.know(peer.line.address(), transport);
            var credentials = IceCredentials.random(random);
            transport.transport = worker.openTransport(credentials, transport);
            transports.add(transport);
            toPage(
                    browser,
                    () -> {
                        peer.learn(credentials, now());
                        fromPage(browser, () -> connect(transport));
                    });
        }
        faces.onReceiver();
    }

    private void connect(ServerTransport transport) {
        if (!transport.isClosed) {
            transport.transport.connect(transport.peer.fingerprint, now());
        }
    }

    void onMoved(SimBrowser browser, BrowserTransport peer) {
        var transports = joined.get(browser);
        if (transports != null) {
            watch.know(peer.line.address(), transports.get(peer.isSending ? 0 : 1));
        }
    }

    /// A page's checks are not answered any more: it gets new credentials.
    void restartIce(SimBrowser browser) {
        for (var transport : joined.getOrDefault(browser, List.of())) {
            var credentials = IceCredentials.random(random);
            worker.restartIce(transport.transport, credentials);
            toPage(browser, () -> transport.peer.learn(credentials, now()));
        }
    }

    void produce(SimBrowser browser, SimTrack track) {
        if (!joined.containsKey(browser) || track.isClosed) {
            return;
        }
        var transport = joined.get(browser).getFirst().transport;
        var result =
                transport.produce(
                        track.name(),
                        track.mediaKind(),
                        track.offer,
                        browser.name,
                        most -> toPage(browser, () -> browser.onLayersWanted(track, most)));
        if (!(result instanceof WebRtcTransport.ProduceResult.Created(var producer))) {
            breaks.report(Rule.FAULT, "refused: " + result, null);
            return;
        }
        track.onProduced(producer, now());
        faces.onCamera(track, true);
        for (var other : joined.keySet()) {
            if (other != browser && other.receiving.isConnected()) {
                offer(other, track);
            }
        }
    }

    /// A page that can receive now gets everything that there is.
    void offerAll(SimBrowser browser) {
        for (var other : joined.keySet()) {
            for (var track : other.tracks) {
                if (other != browser && track.isKnown()) {
                    offer(browser, track);
                }
            }
        }
    }

    void offer(SimBrowser browser, SimTrack track) {
        var transports = joined.get(browser);
        boolean isThere = transports != null && track.isKnown();
        var before = track.forwarded.get(browser);
        boolean hasIt = before != null && !before.isClosed;
        if (!isThere || hasIt || browser == track.owner) {
            return;
        }
        var transport = transports.getLast();
        var events = new Events();
        var result =
                transport.transport.consume(
                        "c" + consumers++,
                        worker.seenFrom(transport.transport, track.producer),
                        CHROMIUM,
                        events,
                        now());
        if (!(result instanceof Router.ConsumeResult.Created(var consumer))) {
            breaks.report(Rule.FAULT, "refused: " + result, null);
            return;
        }
        var one = new ForwardedTrack(track, browser, consumer, breaks);
        events.of = one;
        forwarded.add(one);
        track.forwarded.put(browser, one);
        transport.forwarded.put(one.ssrc, one);
        transport.forwarded.put(one.rtxSsrc, one);
        if (track.kind == SimTrack.Kind.CAMERA && browser.wantedSpatial < one.preferredSpatial) {
            prefer(one, browser.wantedSpatial, one.preferredTemporal);
        }
        toPage(browser, () -> browser.onOffer(one));
    }

    private final class Events implements WebRtcTransport.ConsumerEvents {
        private @Nullable ForwardedTrack of;

        @Override
        public void onLayersChanged(int spatialLayer, int temporalLayer) {}

        /// What a listener does with it is not done within the call.
        @Override
        public void onProducerClosed() {
            var one = of;
            if (one != null && !one.isClosed) {
                later(() -> worker.run(() -> close(one)));
            }
        }
    }

    void resume(ForwardedTrack one) {
        one.isWatched = true;
        apply(one);
    }

    void pause(ForwardedTrack one) {
        one.isWatched = false;
        apply(one);
    }

    /// A track flows if it is wanted and chosen.
    void apply(ForwardedTrack one) {
        boolean flows = one.isWatched && faces.gets(one.receiver, one.track);
        if (one.isClosed || flows != one.isPaused) {
            return;
        }
        if (flows) {
            one.isPaused = false;
            one.consumer.resume(now());
        } else {
            one.consumer.pause();
            one.isPaused = true;
            one.beginAnew();
        }
    }

    void prefer(ForwardedTrack one, int spatialLayer, int temporalLayer) {
        if (!one.isClosed) {
            one.preferredSpatial = spatialLayer;
            one.preferredTemporal = temporalLayer;
            one.consumer.setPreferredLayers(spatialLayer, temporalLayer, now());
        }
    }

    /// A receiver does not want a track any more.
    void close(ForwardedTrack one) {
        var transports = joined.get(one.receiver);
        if (!one.isClosed && transports != null) {
            transports.getLast().transport.close(one.consumer);
            one.isClosed = true;
            toPage(one.receiver, () -> one.receiver.forget(one));
        }
    }

    /// The meeting's host mutes somebody, or not any more.
    void hold(SimTrack track, boolean isHeld) {
        var producer = track.producer;
        if (producer != null && !track.isClosed && track.isHeld != isHeld) {
            producer.setPaused(isHeld);
            track.isHeld = isHeld;
            if (!isHeld) {
                track.epoch++;
                track.streams.forEach(SimStream::onUnheld);
            }
        }
    }

    /// A page sends a track no more.
    void close(SimTrack track) {
        var transports = joined.get(track.owner);
        var producer = track.producer;
        if (transports != null && producer != null && !track.isClosed) {
            track.isClosed = true;
            transports.getFirst().transport.close(producer);
            faces.onCamera(track, false);
        }
    }

    /// A page has left, or is taken for gone.
    void leave(SimBrowser browser) {
        var transports = joined.remove(browser);
        if (transports == null) {
            return;
        }
        transports.forEach(tables::checkDrops);
        browser.tracks.forEach(track -> track.isClosed = true);
        for (var one : forwarded) {
            one.isClosed |= one.receiver == browser;
        }
        for (var transport : transports) {
            worker.close(transport.transport);
            transport.isClosed = true;
        }
        browser.tracks.forEach(track -> faces.onCamera(track, false));
    }

    /// Whom consent has run out for is taken for gone, unless the network is to blame.
    void closeDisconnected() {
        for (var browser : List.copyOf(joined.keySet())) {
            boolean isGone = browser.isGone;
            if (isGone
                    && joined.get(browser).stream()
                            .anyMatch(transport -> transport.isDisconnected)) {
                worker.run(() -> leave(browser));
            }
        }
    }

    /// Everyone has left.
    void checkEmpty() {
        tables.checkEmpty();
    }
}
