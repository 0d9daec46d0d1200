// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import noom.testkit.net.Link;
import noom.testkit.net.LinkConditions;

/// One meeting that a seed makes: who comes when and goes how, what the network does, what people
/// press. Then the network is well, everyone must get what they want, and all leave.
final class Simulation {
    private static final Duration CALM = Duration.ofSeconds(5);
    private static final Duration WATCHED = Duration.ofMillis(1_200);
    private static final int MEASURED_LATE = 3;
    private static final long ROUNDED_NANOS = Duration.ofMillis(1).toNanos();

    final SimMeeting meeting;
    final SplittableRandom random;
    final List<SimBrowser> browsers = new ArrayList<>();
    final Map<SimBrowser, Long> joinedNanos = new LinkedHashMap<>();
    final Duration active;
    private final long seed;
    private final Duration filmEvery;
    private final Duration speakEvery;
    private final Events events;
    private final boolean isDense;
    private boolean isCalm;
    private boolean isOver;

    /// What came of it.
    ///
    /// @param hash of everything that happened
    /// @param datagramCount sent and received
    /// @param virtualNanos how long it took, for those in it
    /// @param decodedCount pictures and sounds that were shown
    record Outcome(long seed, long hash, int datagramCount, long virtualNanos, long decodedCount) {}

    private Simulation(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + 1);
        meeting = new SimMeeting(seed, random.split(), Integer.MAX_VALUE);
        boolean isLong = random.nextInt(20) == 0;
        isDense = !isLong && random.nextInt(6) == 0;
        int people = isLong || isDense ? 3 : 3 + random.nextInt(4);
        active =
                isLong
                        ? Duration.ofSeconds(random.nextInt(36, 42))
                        : Duration.ofMillis(random.nextInt(2_500, 18_000 / people));
        int framesPerSecond = isLong ? 5 : isDense ? 30 : random.nextInt(5, 5 + 30 / people);
        filmEvery = Duration.ofSeconds(1).dividedBy(framesPerSecond);
        speakEvery = Duration.ofMillis(isLong ? 120 : 10 * random.nextInt(people, 12));
        events = new Events(this, isLong);
        for (int i = 0; i < people; i++) {
            boolean isLate = i > 1 && random.nextInt(3) == 0;
            long latest = isLate ? active.toMillis() : 400;
            at(Duration.ofMillis(random.nextLong(latest)), this::enter);
        }
    }

    /// Runs the meeting of a seed.
    ///
    /// @throws RuleBroken if one does not hold
    static Outcome run(long seed) {
        return new Simulation(seed).run();
    }

    void at(Duration delay, Runnable what) {
        meeting.at(delay, what);
    }

    private void every(Duration period, SimBrowser browser, Runnable what) {
        at(
                period,
                () -> {
                    if (!isOver && !browser.isGone) {
                        what.run();
                        every(period, browser, what);
                    }
                });
    }

    /// Somebody comes.
    void enter() {
        if (isOver) {
            return;
        }
        var up = new Link(meeting.clock, random.split(), conditions());
        var down = new Link(meeting.clock, random.split(), conditions());
        var browser = new SimBrowser(browsers.size() + 1, meeting, random.split(), up, down);
        browsers.add(browser);
        joinedNanos.put(browser, meeting.now());
        browser.publish(SimTrack.Kind.SOUND, 1);
        boolean isScreen = isDense || random.nextInt(4) == 0;
        if (!isDense || browsers.size() == 1) {
            browser.publish(isScreen ? SimTrack.Kind.SCREEN : SimTrack.Kind.CAMERA, mostParts());
        }
        meeting.worker.run(() -> meeting.join(browser));
        every(SimBrowser.TURN, browser, browser::turn);
        every(speakEvery, browser, browser::speak);
        // Cameras do not take their pictures all at once.
        at(
                Duration.ofNanos(random.nextLong(filmEvery.toNanos())),
                () -> every(filmEvery, browser, browser::film));
    }

    /// Packets of the pictures of a lowest encoding, at most.
    int mostParts() {
        return isDense ? 12 : 1;
    }

    /// A link as links are.
    LinkConditions conditions() {
        var clean = LinkConditions.clean(Duration.ofMillis(random.nextInt(1, 80)));
        if (isCalm) {
            return clean;
        }
        return switch (random.nextInt(6)) {
            case 0 -> clean;
            case 1 -> clean.losing(random.nextDouble() * 0.1, LinkConditions.Burst.NONE);
            case 2 -> clean.losing(0.01, new LinkConditions.Burst(0.01, 0.2, 0.7));
            case 3 -> clean.unsteady(Duration.ofMillis(random.nextInt(1, 50)), 0.05, 0.02);
            case 4 -> clean.narrow(random.nextInt(60_000, 200_000), random.nextInt(3_000, 20_000));
            default ->
                    clean.losing(0.03, LinkConditions.Burst.NONE)
                            .unsteady(Duration.ofMillis(20), 0.1, 0.05);
        };
    }

    private Outcome run() {
        try {
            meeting.go(active);
            calm();
            meeting.go(CALM.minus(WATCHED));
            var before = decoded();
            meeting.go(WATCHED);
            checkLiveness(before);
            isOver = true;
            end();
        } catch (RuntimeException | StackOverflowError e) {
            meeting.breaks.report(Rule.FAULT, e.toString(), e);
            meeting.breaks.check();
        }
        long shown = decoded().values().stream().mapToLong(Long::longValue).sum();
        var trace = meeting.trace;
        return new Outcome(seed, trace.hash(), trace.count(), meeting.now(), shown);
    }

    /// The network is well from now on, everything is sent, and nobody does anything more.
    private void calm() {
        events.stop();
        isCalm = true;
        for (var browser : browsers) {
            browser.up.setCut(false);
            browser.down.setCut(false);
            browser.up.become(LinkConditions.clean(Duration.ofMillis(10)));
            browser.down.become(LinkConditions.clean(Duration.ofMillis(10)));
            for (var track : browser.tracks) {
                meeting.worker.run(() -> meeting.hold(track, false));
                track.streams.forEach(stream -> stream.isOn = true);
            }
        }
    }

    private Map<ReceivedTrack, Long> decoded() {
        var counts = new LinkedHashMap<ReceivedTrack, Long>();
        for (var browser : browsers) {
            browser.received.values().forEach(one -> counts.put(one, one.decodedCount));
        }
        return counts;
    }

    private void checkLiveness(Map<ReceivedTrack, Long> before) {
        for (var browser : meeting.joined.keySet()) {
            if (browser.isGone) {
                continue;
            }
            checkRoundTrip(browser);
            for (var other : meeting.joined.keySet()) {
                if (other != browser && !other.isGone) {
                    other.tracks.stream()
                            .filter(track -> !track.isClosed)
                            .forEach(track -> checkLiveness(browser, track, before));
                }
            }
        }
        meeting.breaks.check();
    }

    /// All is measured anew by now, over links that only take their time.
    private void checkRoundTrip(SimBrowser browser) {
        var up = browser.up.conditions();
        var down = browser.down.conditions();
        long expected = up.delayNanos() + down.delayNanos();
        for (var track : browser.tracks) {
            if (track.producer != null && track.isKnown()) {
                long nanos = track.producer.roundTripNanos();
                boolean isRight = Math.abs(nanos - expected) < ROUNDED_NANOS;
                require(isRight, browser, track, "is " + nanos + " ns away");
            }
        }
    }

    private void checkLiveness(
            SimBrowser browser, SimTrack track, Map<ReceivedTrack, Long> before) {
        var one =
                browser.received.values().stream()
                        .filter(each -> each.from.track == track)
                        .findFirst();
        if (one.isEmpty()) {
            boolean isUnwanted = events.unwanted.contains(List.of(browser, track));
            require(isUnwanted, browser, track, "is not offered");
            return;
        }
        var received = one.get();
        if (!received.isRunning) {
            return;
        }
        int ofFour = track.kind == SimTrack.Kind.CAMERA ? 1 << received.from.preferredTemporal : 4;
        var period = track.isVideo ? filmEvery.multipliedBy(4).dividedBy(ofFour) : speakEvery;
        long least = WATCHED.dividedBy(period) - MEASURED_LATE;
        long shown = received.decodedCount - before.getOrDefault(received, 0L);
        require(shown >= least, browser, track, "shows " + shown + " of " + least);
        if (track.kind == SimTrack.Kind.CAMERA) {
            int layer = received.from.consumer.currentSpatialLayer();
            int wanted = received.from.preferredSpatial;
            require(layer == wanted, browser, track, "is on layer " + layer + ", not " + wanted);
        }
    }

    private void require(boolean holds, SimBrowser browser, SimTrack track, String detail) {
        meeting.breaks.require(
                holds,
                Rule.LIVENESS,
                () ->
                        "%s %s of %s at %s %s"
                                .formatted(
                                        track.kind,
                                        track.name(),
                                        track.owner.name,
                                        browser.name,
                                        detail));
    }

    /// Somebody leaves: by signalling, or their transports tell it first.
    void goodbye(SimBrowser browser) {
        long laterMillis = random.nextInt(2) * random.nextLong(900);
        if (laterMillis > 0) {
            browser.close();
        }
        browser.isGone = true;
        at(Duration.ofMillis(laterMillis), () -> meeting.worker.run(() -> meeting.leave(browser)));
    }

    private void end() {
        for (var browser : List.copyOf(meeting.joined.keySet())) {
            goodbye(browser);
        }
        meeting.go(Duration.ofSeconds(1));
        meeting.checkEmpty();
    }
}
