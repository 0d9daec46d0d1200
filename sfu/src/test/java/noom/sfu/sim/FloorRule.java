// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges who has the floor: only who has talked a moment ago is given it. A cough is enough if
/// nobody has it.
final class FloorRule {
    /// A voice is looked at over a second, and sound is under way for a while.
    private static final long HEARD_NANOS = Duration.ofMillis(1_500).toNanos();

    private final SimMeeting meeting;
    private final Map<SimBrowser, Long> talkedNanos = new HashMap<>();
    private final Map<SimBrowser, Long> coughedNanos = new HashMap<>();
    private @Nullable SimBrowser holder;
    private int moves;
    private boolean isJudged;

    FloorRule(SimMeeting meeting) {
        this.meeting = meeting;
    }

    /// Somebody says a word.
    void onWord(SimBrowser browser) {
        isJudged = true;
        talkedNanos.put(browser, meeting.now());
    }

    /// Somebody is loud for a moment.
    void onCough(SimBrowser browser) {
        coughedNanos.put(browser, meeting.now());
    }

    /// Somebody has the floor, or nobody.
    void onSpeaker(@Nullable SimBrowser browser) {
        if (browser != null && isJudged) {
            boolean isFree = holder == null;
            meeting.breaks.require(
                    isRecent(talkedNanos, browser) || (isFree && isRecent(coughedNanos, browser)),
                    Rule.FLOOR,
                    () -> browser.name + " is given the floor, who did not talk");
        }
        holder = browser;
        moves += browser == null ? 0 : 1;
    }

    private boolean isRecent(Map<SimBrowser, Long> when, SimBrowser browser) {
        Long nanos = when.get(browser);
        return nanos != null && meeting.now() - nanos < HEARD_NANOS;
    }

    boolean isHeldBy(@Nullable SimBrowser browser) {
        return browser != null && holder == browser;
    }

    /// Who has the floor is there.
    void requireThere() {
        var who = holder;
        meeting.breaks.require(
                who == null || meeting.joined.containsKey(who),
                Rule.FLOOR,
                () -> who.name + " has the floor, who has left");
    }

    /// Somebody has talked alone for long enough to have the floor.
    void require(SimBrowser browser) {
        meeting.breaks.require(
                holder == browser,
                Rule.FLOOR,
                () ->
                        browser.name
                                + " talks, and "
                                + (holder == null ? "nobody" : holder.name)
                                + " has the floor");
    }

    /// How often somebody was given it.
    int moves() {
        return moves;
    }
}
