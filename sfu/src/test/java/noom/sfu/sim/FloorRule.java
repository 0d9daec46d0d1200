// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges who has the floor: only who has talked a moment ago is given it.
final class FloorRule {
    /// A voice is looked at over a second, and sound is under way for a while.
    private static final long HEARD_NANOS = Duration.ofMillis(1_500).toNanos();

    private final SimMeeting meeting;
    private final Map<SimBrowser, Long> talkedNanos = new HashMap<>();
    private @Nullable SimBrowser holder;
    private int moves;
    private boolean isJudged;

    FloorRule(SimMeeting meeting) {
        this.meeting = meeting;
    }

    /// Somebody says a word; a cough is not one.
    void onWord(SimBrowser browser) {
        isJudged = true;
        talkedNanos.put(browser, meeting.now());
    }

    /// Somebody has the floor, or nobody.
    void onSpeaker(@Nullable SimBrowser browser) {
        holder = browser;
        moves += browser == null ? 0 : 1;
        if (browser != null && isJudged) {
            Long talked = talkedNanos.get(browser);
            meeting.breaks.require(
                    talked != null && meeting.now() - talked < HEARD_NANOS,
                    Rule.FLOOR,
                    () -> browser.name + " is given the floor, who did not talk");
        }
    }

    /// Somebody has talked alone for long enough to have the floor.
    void require(SimBrowser browser) {
        meeting.breaks.require(
                holder == browser,
                Rule.FLOOR,
                () -> browser.name + " talks, and " + (holder == null ? "nobody" : holder.name)
                        + " has the floor");
    }

    /// How often somebody was given it.
    int moves() {
        return moves;
    }
}
