// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Judges whose cameras a receiver is sent: no more than it may get, and only of those who spoke
/// last, and then of those who came first. Those do come, and can be decoded.
///
/// It keeps an account of its own of who spoke when, and looks at what goes out.
final class FaceRule {
    /// A chosen face has a new picture at least this often, whatever the network does to others.
    static final long STILL_NANOS = Duration.ofMillis(1_500).toNanos();

    private final SimMeeting meeting;
    private final int most;
    private final Map<SimTrack, Long> importance = new LinkedHashMap<>();
    private final Map<SimBrowser, Map<SimTrack, Choice>> choices = new LinkedHashMap<>();
    private final Map<SimBrowser, Set<SimTrack>> sent = new LinkedHashMap<>();
    private final List<Long> waits = new ArrayList<>();
    private long count;

    /// One receiver is to get one camera.
    private static final class Choice {
        final long sinceNanos;
        boolean isShown;

        Choice(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    FaceRule(SimMeeting meeting, int most) {
        this.meeting = meeting;
        this.most = most;
    }

    private boolean isLimited() {
        return most < Integer.MAX_VALUE;
    }

    void onReceiver() {
        renew();
    }

    void onCamera(SimTrack track, boolean isThere) {
        if (isThere) {
            importance.put(track, - ++count);
        } else {
            importance.remove(track);
        }
        renew();
    }

    void onSpeaker(SimBrowser speaker) {
        importance.replaceAll((track, before) -> track.owner == speaker ? ++count : before);
        renew();
    }

    private void renew() {
        if (!isLimited()) {
            return;
        }
        var order =
                importance.entrySet().stream()
                        .sorted(Comparator.comparingLong(one -> -one.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        choices.keySet().retainAll(meeting.joined.keySet());
        sent.clear();
        for (var receiver : meeting.joined.keySet()) {
            var before = choices.getOrDefault(receiver, Map.of());
            var now = new LinkedHashMap<SimTrack, Choice>();
            for (var track : order) {
                if (track.owner != receiver && now.size() < most) {
                    var choice = before.get(track);
                    now.put(track, choice == null ? new Choice(meeting.now()) : choice);
                }
            }
            choices.put(receiver, now);
        }
    }

    /// A packet of a camera leaves, by itself or again.
    void onSent(SimBrowser receiver, SimTrack track) {
        if (!isLimited() || track.kind != SimTrack.Kind.CAMERA) {
            return;
        }
        var all = sent.computeIfAbsent(receiver, _ -> new HashSet<>());
        all.add(track);
        require(all.size() <= most, receiver, track, all.size() + " cameras");
        boolean isChosen = choices.getOrDefault(receiver, Map.of()).containsKey(track);
        require(isChosen, receiver, track, "one that was not chosen");
    }

    private void require(boolean holds, SimBrowser receiver, SimTrack track, String what) {
        meeting.breaks.require(
                holds,
                Rule.FACES,
                () ->
                        "%s is sent %s: %s of %s"
                                .formatted(receiver.name, what, track.name(), track.owner.name));
    }

    /// A picture is shown.
    void onShown(ReceivedTrack one) {
        var choice = choices.getOrDefault(one.from.receiver, Map.of()).get(one.from.track);
        if (choice != null && !choice.isShown) {
            choice.isShown = true;
            waits.add(meeting.now() - Math.max(choice.sinceNanos, one.startedNanos));
        }
    }

    /// Those chosen come to these people, if they are of these people.
    void requireShown(Set<SimBrowser> people) {
        choices.forEach(
                (receiver, tracks) -> {
                    if (people.contains(receiver)) {
                        tracks.forEach(
                                (track, choice) -> {
                                    if (people.contains(track.owner)) {
                                        requireShown(receiver, track, choice);
                                    }
                                });
                    }
                });
    }

    private void requireShown(SimBrowser receiver, SimTrack track, Choice choice) {
        var one = receiver.received(track);
        long since = Math.max(choice.sinceNanos, receiver.connectedNanos);
        long shown = one == null ? since : Math.max(since, one.decodedNanos);
        long still = meeting.now() - shown;
        meeting.breaks.require(
                still <= STILL_NANOS,
                Rule.FACES,
                () ->
                        "%s of %s stands still at %s for %d ms"
                                .formatted(
                                        track.name(),
                                        track.owner.name,
                                        receiver.name,
                                        still / 1_000_000));
    }

    /// How long each face took to come after it was chosen, shortest first.
    List<Long> waits() {
        return waits.stream().sorted().toList();
    }
}
