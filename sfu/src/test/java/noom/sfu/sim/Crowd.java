// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import noom.testkit.net.Link;
import noom.testkit.net.LinkConditions;
import org.jspecify.annotations.Nullable;

/// One meeting of many people with microphones and cameras, of whom everyone sees those few who
/// spoke last. They come within a moment; then one talks after the other, some come and go, and
/// some have bad links.
///
/// Who does not talk sends a packet of sound now and then, as browsers do in silence.
final class Crowd {
    /// Of so many people one has a bad link.
    private static final int UNWELL_EVERY = 16;

    private static final int SPEECH_DB = 30;
    private static final int NOISE_DB = 110;
    private static final Duration ARRIVAL = Duration.ofMillis(600);
    private static final Duration WORD = Duration.ofMillis(20);
    private static final Duration SILENCE = Duration.ofMillis(400);
    private static final Duration PICTURE = Duration.ofMillis(125);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration GOODBYES = Duration.ofMillis(800);

    /// In which everybody has come to hear and see the others, and lost packets were sent again.
    private static final Duration CALM = Duration.ofMillis(1_600);

    /// After which who talks alone has the floor.
    private static final int TURN_MILLIS = 1_300;

    /// A sound reaches everybody at least so often: some silence, and the way.
    private static final long MUTE_NANOS = Duration.ofSeconds(1).toNanos();

    private final SimMeeting meeting;
    private final SplittableRandom random;
    private final Duration active;
    private final long seed;
    private final List<SimBrowser> browsers = new ArrayList<>();

    /// Those of whom it can be said when something of them arrives.
    private final Set<SimBrowser> well = new HashSet<>();

    private final Set<SimTrack> replaced = new HashSet<>();
    private @Nullable SimBrowser talker;
    private boolean isTalkOver;
    private boolean isOver;

    /// What came of it.
    ///
    /// @param hash of everything that happened
    /// @param datagramCount sent and received
    /// @param decodedCount pictures and sounds that were shown
    /// @param floorCount how often somebody was given the floor
    /// @param waits how long each face took to come after it was chosen, shortest first
    record Outcome(
            long seed,
            long hash,
            int datagramCount,
            long virtualNanos,
            long decodedCount,
            int floorCount,
            List<Long> waits) {}

    /// How large it is.
    ///
    /// @param people who come at first
    /// @param mostFaces cameras that one receiver gets
    record Size(int people, int mostFaces) {
        static final Size HUNDRED = new Size(100, 9);
    }

    private Crowd(long seed, Size size, Duration active) {
        this.seed = seed;
        this.active = active;
        random = new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + 2);
        meeting = new SimMeeting(seed, random.split(), size.mostFaces);
        for (int i = 0; i < size.people; i++) {
            at(random.nextLong(ARRIVAL.toMillis()), this::enter);
        }
        at(ARRIVAL.toMillis() + 400, this::talk);
        for (int i = 0; i < 2 + active.toSeconds() / 2; i++) {
            long end = active.toMillis();
            at(random.nextLong(1_000, end), this::leave);
            at(random.nextLong(1_000, end), this::enter);
            at(random.nextLong(1_000, end), this::cough);
            at(random.nextLong(1_000, end), this::replaceCamera);
            at(random.nextLong(1_000, end), this::prefer);
        }
        at(random.nextLong(1_000, active.toMillis()), () -> browsers.getLast().die());
        at(random.nextLong(1_000, active.toMillis()), this::cut);
    }

    /// Runs the meeting of a seed, so long with events.
    ///
    /// @throws RuleBroken if a rule does not hold
    static Outcome run(long seed, Size size, Duration active) {
        return new Crowd(seed, size, active).run();
    }

    private void at(long delayMillis, Runnable what) {
        meeting.at(Duration.ofMillis(delayMillis), what);
    }

    private void every(Duration period, SimBrowser browser, Runnable what) {
        meeting.at(
                period,
                () -> {
                    if (!isOver && !browser.isGone) {
                        what.run();
                        every(period, browser, what);
                    }
                });
    }

    private void enter() {
        boolean isWell = browsers.size() % UNWELL_EVERY != 5;
        var conditions = LinkConditions.clean(Duration.ofMillis(random.nextInt(5, 60)));
        conditions = isWell ? conditions : worse(conditions);
        var up = new Link(meeting.clock, random.split(), conditions);
        var down = new Link(meeting.clock, random.split(), conditions);
        var browser = new SimBrowser(browsers.size() + 1, meeting, random.split(), up, down);
        browser.wantedSpatial = random.nextInt(3);
        browsers.add(browser);
        if (isWell) {
            well.add(browser);
        }
        browser.publish(SimTrack.Kind.SOUND, 1);
        browser.publish(SimTrack.Kind.CAMERA, 1);
        meeting.worker.run(() -> meeting.join(browser));
        every(SimBrowser.TURN, browser, browser::turn);
        at(random.nextLong(SILENCE.toMillis()), () -> beSilent(browser));
        at(random.nextLong(PICTURE.toMillis()), () -> every(PICTURE, browser, browser::film));
    }

    private LinkConditions worse(LinkConditions good) {
        return switch (random.nextInt(3)) {
            case 0 -> good.losing(0.05, LinkConditions.Burst.NONE);
            case 1 -> good.losing(0.01, new LinkConditions.Burst(0.01, 0.2, 0.7));
            default -> good.unsteady(Duration.ofMillis(20), 0.1, 0.05);
        };
    }

    private void beSilent(SimBrowser browser) {
        every(
                SILENCE,
                browser,
                () -> {
                    if (browser != talker) {
                        browser.speak(NOISE_DB);
                    }
                });
    }

    private @Nullable SimBrowser anyone() {
        var there =
                meeting.joined.keySet().stream()
                        .filter(one -> !one.isGone && one != talker && one.isConnected())
                        .toList();
        return there.isEmpty() ? null : there.get(random.nextInt(there.size()));
    }

    /// One after the other talks, for so long that they have the floor at the end.
    private void talk() {
        var last = talker;
        var next = anyone();
        if (isTalkOver || next == null) {
            return;
        }
        if (last != null && well.contains(last) && !last.isGone) {
            meeting.faces.floor.require(last);
        }
        talker = next;
        at(
                0,
                () ->
                        every(
                                WORD,
                                next,
                                () -> {
                                    if (next == talker) {
                                        say(next);
                                    }
                                }));
        at(TURN_MILLIS + random.nextInt(300), this::talk);
    }

    private void say(SimBrowser browser) {
        meeting.faces.floor.onWord(browser);
        browser.speak(SPEECH_DB);
    }

    /// Somebody is loud for a moment while somebody else talks.
    private void cough() {
        var browser = anyone();
        var floor = meeting.faces.floor;
        if (browser != null && !talker.isGone && floor.isHeldBy(talker)) {
            floor.onCough(browser);
            browser.speak(SPEECH_DB);
            at(WORD.toMillis(), () -> browser.speak(SPEECH_DB));
        }
    }

    /// Somebody leaves; now and then it is who talks.
    private void leave() {
        var browser = random.nextInt(3) == 0 ? talker : anyone();
        if (browser != null && !browser.isGone) {
            goodbye(browser);
        }
    }

    private void goodbye(SimBrowser browser) {
        browser.isGone = true;
        at(random.nextInt(300), () -> meeting.worker.run(() -> meeting.leave(browser)));
    }

    /// A camera is turned off, and on again.
    private void replaceCamera() {
        var browser = anyone();
        if (browser == null || browser.isCut()) {
            return;
        }
        var track = browser.tracks.getLast();
        if (!track.isKnown() || !replaced.add(track)) {
            return;
        }
        meeting.fromPage(browser, () -> meeting.close(track));
        at(
                random.nextInt(300),
                () -> {
                    if (!browser.isGone) {
                        var next = browser.publish(SimTrack.Kind.CAMERA, 1);
                        meeting.fromPage(browser, () -> meeting.produce(browser, next));
                    }
                });
    }

    /// A tile becomes larger or smaller.
    private void prefer() {
        var browser = anyone();
        if (browser != null) {
            browser.wantedSpatial = random.nextInt(3);
            for (var one : browser.received.values()) {
                if (one.from.track.isVideo) {
                    meeting.fromPage(
                            browser, () -> meeting.prefer(one.from, browser.wantedSpatial, 2));
                }
            }
        }
    }

    /// Nothing gets through to somebody, or from them, for a while.
    private void cut() {
        var browser = anyone();
        if (browser != null) {
            well.remove(browser);
            var link = random.nextBoolean() ? browser.up : browser.down;
            link.setCut(true);
            at(random.nextInt(300, 1_000), () -> link.setCut(false));
        }
    }

    private Outcome run() {
        try {
            go(active);
            calm();
            go(CALM);
            isTalkOver = true;
            well.addAll(browsers);
            check();
            isOver = true;
            meeting.joined.keySet().forEach(this::goodbye);
            meeting.go(GOODBYES);
            meeting.checkEmpty();
        } catch (RuntimeException | StackOverflowError e) {
            meeting.breaks.report(Rule.FAULT, e.toString(), e);
            meeting.breaks.check();
        }
        return outcome();
    }

    private Outcome outcome() {
        long shown =
                browsers.stream()
                        .flatMap(browser -> browser.received.values().stream())
                        .mapToLong(one -> one.decodedCount)
                        .sum();
        return new Outcome(
                seed,
                meeting.trace.hash(),
                meeting.trace.count(),
                meeting.now(),
                shown,
                meeting.faces.floor.moves(),
                meeting.faces.rule.waits());
    }

    private void go(Duration time) {
        for (long steps = time.dividedBy(STEP); steps > 0; steps--) {
            meeting.go(STEP);
            check();
        }
    }

    private void check() {
        var there =
                meeting.joined.keySet().stream()
                        .filter(one -> !one.isGone && well.contains(one))
                        .collect(Collectors.toSet());
        meeting.faces.rule.requireShown(there);
        meeting.faces.floor.requireThere();
        for (var receiver : there) {
            for (var sender : there) {
                if (sender != receiver) {
                    requireHeard(receiver, sender.tracks.getFirst());
                }
            }
        }
        meeting.breaks.check();
    }

    private void requireHeard(SimBrowser receiver, SimTrack track) {
        if (!track.isKnown() || receiver.connectedNanos == 0) {
            return;
        }
        var one = receiver.received(track);
        long since = Math.max(receiver.connectedNanos, track.producedNanos);
        long heard = one == null ? since : Math.max(since, one.decodedNanos);
        meeting.breaks.require(
                meeting.now() - heard <= MUTE_NANOS,
                Rule.LIVENESS,
                () -> track.owner.name + " is not heard at " + receiver.name);
    }

    /// The network is well from now on, and nobody does anything more.
    private void calm() {
        for (var browser : browsers) {
            for (var link : List.of(browser.up, browser.down)) {
                link.setCut(false);
                link.become(LinkConditions.clean(Duration.ofMillis(10)));
            }
        }
    }
}
