// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import noom.testkit.net.Link;
import org.jspecify.annotations.Nullable;

/// What happens to the people of a meeting while it goes on.
///
/// Owner: the simulation.
final class Events {
    private static final int PER_PERSON_MILLIS = 1_000;

    /// A cut comes only to who has been there so long: who loses the first packets of a stream up
    /// to where its numbers come round cannot know its rollover counter.
    private static final long SETTLED_NANOS = Duration.ofMillis(1_500).toNanos();

    /// Whom a track was taken from, as they did not want it any more.
    final Set<List<Object>> unwanted = new HashSet<>();

    private final Simulation simulation;
    private final SimMeeting meeting;
    private final SplittableRandom random;
    private final boolean isLong;
    private boolean isStopped;
    private int gone;
    private @Nullable SimBrowser cutOff;

    Events(Simulation simulation, boolean isLong) {
        this.simulation = simulation;
        this.isLong = isLong;
        meeting = simulation.meeting;
        random = simulation.random.split();
        next();
        if (isLong && random.nextInt(3) > 0) {
            simulation.at(Duration.ofSeconds(4), this::cutOff);
        }
    }

    void stop() {
        isStopped = true;
    }

    private void next() {
        int people = Math.max(1, simulation.browsers.size());
        int mean = (isLong ? 2 : 1) * PER_PERSON_MILLIS / people;
        simulation.at(
                Duration.ofMillis(random.nextInt(1, 2 * mean)),
                () -> {
                    if (!isStopped) {
                        happen();
                        next();
                    }
                });
    }

    private @Nullable SimBrowser anyone() {
        var there = meeting.joined.keySet().stream().filter(one -> !one.isGone).toList();
        return there.isEmpty() ? null : there.get(random.nextInt(there.size()));
    }

    private void happen() {
        var browser = anyone();
        if (browser == null || browser == cutOff) {
            return;
        }
        switch (random.nextInt(21)) {
            case 0, 1 -> either(browser).become(simulation.conditions());
            case 2, 3 -> cut(browser);
            case 4 -> browser.move(random.nextBoolean());
            case 5 -> meeting.fromPage(browser, () -> meeting.restartIce(browser));
            case 6, 7, 8 -> prefer(browser);
            case 9, 10 -> pauseOrResume(browser);
            case 11 -> hold(browser);
            case 12, 13 -> turnEncoding(browser);
            case 14 -> browser.probe();
            case 15 -> replace(browser);
            case 16 -> dropOrTake(browser);
            case 17 -> unsettle(browser);
            case 18 -> leave(browser);
            case 19 -> intrude(browser);
            default -> vanish(browser);
        }
    }

    private Link either(SimBrowser browser) {
        return random.nextBoolean() ? browser.up : browser.down;
    }

    private boolean isSettled(SimBrowser browser) {
        long since = meeting.now() - simulation.joinedNanos.get(browser);
        long sinceTrack = meeting.now() - browser.publishedNanos;
        return browser.isConnected()
                && browser.isSettled()
                && since > SETTLED_NANOS
                && sinceTrack > SETTLED_NANOS;
    }

    /// Nothing gets through, in one direction or both, and then perhaps from elsewhere.
    private void cut(SimBrowser browser) {
        if (!isSettled(browser)) {
            return;
        }
        int which = random.nextInt(3);
        browser.up.setCut(which != 0);
        browser.down.setCut(which != 1);
        boolean isMoved = random.nextInt(3) == 0;
        simulation.at(Duration.ofMillis(random.nextInt(200, 3_000)), () -> mend(browser, isMoved));
    }

    private void mend(SimBrowser browser, boolean isMoved) {
        if (browser != cutOff) {
            browser.up.setCut(false);
            browser.down.setCut(false);
            if (isMoved && !browser.isGone) {
                browser.move(true);
            }
        }
    }

    /// Somebody is cut off for so long that consent runs out, and comes back.
    private void cutOff() {
        var browser = anyone();
        if (browser != null && isSettled(browser)) {
            cutOff = browser;
            browser.up.setCut(true);
            browser.down.setCut(true);
            simulation.at(
                    Duration.ofMillis(random.nextInt(30_500, 33_000)),
                    () -> {
                        cutOff = null;
                        mend(browser, random.nextBoolean());
                    });
        }
    }

    private @Nullable ReceivedTrack anyReceived(SimBrowser browser) {
        var all = List.copyOf(browser.received.values());
        return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    }

    private void prefer(SimBrowser browser) {
        var one = anyReceived(browser);
        if (one != null && one.from.track.isVideo) {
            int spatial = random.nextInt(3);
            int temporal = random.nextInt(3);
            meeting.fromPage(browser, () -> meeting.prefer(one.from, spatial, temporal));
        }
    }

    private void pauseOrResume(SimBrowser browser) {
        var one = anyReceived(browser);
        if (one != null && one.isRunning) {
            browser.pause(one);
            simulation.at(
                    Duration.ofMillis(random.nextInt(2_000)),
                    () -> {
                        if (!browser.isGone && !one.isRunning) {
                            browser.resume(one);
                        }
                    });
        }
    }

    private SimTrack anyTrack(SimBrowser browser) {
        return browser.tracks.get(random.nextInt(browser.tracks.size()));
    }

    private void hold(SimBrowser browser) {
        var track = anyTrack(browser);
        meeting.worker.run(() -> meeting.hold(track, true));
        simulation.at(
                Duration.ofMillis(random.nextInt(1_500)),
                () -> meeting.worker.run(() -> meeting.hold(track, false)));
    }

    /// The upper encodings come and go with bandwidth.
    private void turnEncoding(SimBrowser browser) {
        var track = anyTrack(browser);
        var stream = track.streams.getLast();
        if (track.kind == SimTrack.Kind.CAMERA) {
            stream.isOn = !stream.isOn;
            stream.isKeyWanted |= stream.isOn;
        }
    }

    /// A track ends, and another takes its place.
    private void replace(SimBrowser browser) {
        var track = anyTrack(browser);
        if (track.isKnown() && !browser.isCut()) {
            meeting.fromPage(browser, () -> meeting.close(track));
            var next = browser.publish(track.kind, simulation.mostParts());
            meeting.fromPage(browser, () -> meeting.produce(browser, next));
        }
    }

    private void dropOrTake(SimBrowser browser) {
        var one = anyReceived(browser);
        if (one != null) {
            var track = one.from.track;
            unwanted.add(List.of(browser, track));
            one.stop();
            meeting.fromPage(browser, () -> meeting.close(one.from));
            if (random.nextBoolean()) {
                meeting.fromPage(browser, () -> meeting.offer(browser, track));
            }
        }
    }

    private void unsettle(SimBrowser browser) {
        browser.up.become(simulation.conditions());
        browser.down.become(simulation.conditions());
    }

    private void leave(SimBrowser browser) {
        if (gone++ < 2) {
            simulation.goodbye(browser);
            simulation.at(Duration.ofMillis(random.nextInt(500)), simulation::enter);
        }
    }

    /// A stranger sends noise, and what they have seen of somebody.
    private void intrude(SimBrowser browser) {
        var noise = new byte[random.nextInt(1, 100)];
        random.nextBytes(noise);
        int[] firsts = {0, 22, 128, 144, 255};
        noise[0] = (byte) firsts[random.nextInt(firsts.length)];
        meeting.intrude(noise);
        meeting.intrude(browser.sending.lastSent());
        meeting.intrude(
                new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes());
    }

    private void vanish(SimBrowser browser) {
        if (gone++ < 2) {
            browser.die();
        }
    }
}
