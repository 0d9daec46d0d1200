// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import noom.sfu.audio.LastN;
import org.jspecify.annotations.Nullable;

/// Whose cameras each receiver gets when there are more than it may get: what signalling makes of
/// who has the floor. What comes of it is judged by [FaceRule] and [FloorRule].
final class Faces {
    final FaceRule rule;
    final FloorRule floor;
    private final SimMeeting meeting;
    private final int most;
    private final LastN order = new LastN();
    private final Map<String, SimTrack> shown = new HashMap<>();
    private final Map<SimBrowser, Set<String>> chosen = new HashMap<>();

    /// @param most cameras that one receiver gets
    Faces(SimMeeting meeting, int most) {
        this.meeting = meeting;
        this.most = most;
        rule = new FaceRule(meeting, most);
        floor = new FloorRule(meeting);
    }

    boolean gets(SimBrowser receiver, SimTrack track) {
        var some = chosen.get(receiver);
        boolean isCamera = track.kind == SimTrack.Kind.CAMERA;
        return some == null || !isCamera || some.contains(track.owner.name);
    }

    /// Somebody can receive from now on.
    void onReceiver() {
        rule.onReceiver();
        chooseForAll();
    }

    /// A track has come, or has gone if it was there.
    void onCamera(SimTrack track, boolean isThere) {
        String name = track.owner.name;
        if (track.kind != SimTrack.Kind.CAMERA) {
            return;
        }
        if (isThere) {
            shown.put(name, track);
            order.add(name);
        } else if (shown.remove(name, track)) {
            order.remove(name);
        }
        rule.onCamera(track, isThere);
        chooseForAll();
    }

    /// The router says who has the floor.
    void onSpeaker(String producerId) {
        var speaker = owner(producerId);
        floor.onSpeaker(speaker);
        if (speaker != null) {
            order.onActiveSpeaker(speaker.name);
            rule.onSpeaker(speaker);
            chooseForAll();
        }
    }

    private @Nullable SimBrowser owner(String producerId) {
        for (var browser : meeting.joined.keySet()) {
            for (var track : browser.tracks) {
                if (track.name().equals(producerId)) {
                    return browser;
                }
            }
        }
        return null;
    }

    private void chooseForAll() {
        meeting.joined.keySet().forEach(this::choose);
    }

    private void choose(SimBrowser receiver) {
        int others = shown.size() - (shown.containsKey(receiver.name) ? 1 : 0);
        var some = others <= most ? null : Set.copyOf(order.choose(receiver.name, Set.of(), most));
        if (!Objects.equals(some, chosen.put(receiver, some))) {
            var receiving = meeting.joined.get(receiver).getLast();
            receiving.forwarded.values().forEach(meeting::apply);
        }
    }
}
