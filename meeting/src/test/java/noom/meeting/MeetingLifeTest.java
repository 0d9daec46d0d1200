// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.meeting.MeetingCommand.Join;
import noom.meeting.MeetingCommand.Leave;
import noom.meeting.MeetingCommand.LinkLost;
import noom.meeting.MeetingCommand.Rename;
import noom.meeting.MeetingCommand.SendChat;
import noom.meeting.MeetingEvent.ChatSent;
import noom.meeting.MeetingEvent.LeaveReason;
import noom.meeting.MeetingEvent.PersonLeft;
import noom.meeting.MeetingResult.Admitted;
import noom.meeting.MeetingResult.Written;
import noom.testkit.VirtualClock;
import org.junit.jupiter.api.Test;

/// Whole stories: a crash in the middle, a phone in a tunnel, a bigger meeting.
class MeetingLifeTest {
    private static final MeetingConfig TWO_SEATS = MeetingConfig.DEFAULT.withSeats(2);

    private static final long BEGAN_MILLIS = 1_700_000_000_000L;

    private final VirtualClock clock = new VirtualClock();
    private final List<MeetingEvent> journal = new ArrayList<>();
    private Meeting meeting = open(TWO_SEATS);

    private Meeting open(MeetingConfig config) {
        return Meeting.replay(config, journal, now());
    }

    private Moment now() {
        return new Moment(clock.nowNanos(), BEGAN_MILLIS + clock.nowNanos() / 1_000_000);
    }

    private MeetingResult tell(MeetingCommand command) {
        var step = meeting.handle(command, now());
        journal.addAll(step.events());
        return step.result();
    }

    private List<MeetingEvent> pass(Duration time) {
        clock.advance(time);
        var events = meeting.advance(now()).events();
        journal.addAll(events);
        return events;
    }

    private MeetingResult join(String name, String link) {
        return tell(new Join(link, name, "key of " + name, Devices.OFF));
    }

    @Test
    void a_crash_between_a_message_and_its_answer_loses_and_doubles_nothing() {
        join("Ada", "link 1");
        tell(new SendChat("p1", "first", "kept and answered"));
        tell(new SendChat("p1", "second", "kept, the answer was lost"));

        meeting = open(TWO_SEATS);
        join("Ada", "link 2");

        assertThat(tell(new SendChat("p1", "second", "kept, the answer was lost")))
                .isEqualTo(new Written(3, BEGAN_MILLIS));
        assertThat(tell(new SendChat("p1", "third", "new")))
                .isEqualTo(new Written(4, BEGAN_MILLIS));
        assertThat(journal)
                .filteredOn(ChatSent.class::isInstance)
                .extracting(event -> ((ChatSent) event).clientMessageId())
                .containsExactly("first", "second", "third");
    }

    @Test
    void a_message_that_was_never_kept_is_kept_when_it_comes_again() {
        join("Ada", "link 1");
        meeting.handle(new SendChat("p1", "lost", "not in the journal"), now());

        meeting = open(TWO_SEATS);
        join("Ada", "link 2");

        assertThat(tell(new SendChat("p1", "lost", "not in the journal")))
                .isEqualTo(new Written(2, BEGAN_MILLIS));
    }

    @Test
    void a_phone_in_a_tunnel_comes_back_as_the_same_person_with_a_new_link() {
        join("Ada", "wifi");
        join("Bob", "desk");
        tell(new LinkLost("p1", "wifi"));
        pass(Duration.ofSeconds(60));

        assertThat(join("Ada", "mobile")).isEqualTo(new Admitted("p1", ""));
        assertThat(pass(Duration.ofMinutes(10))).isEmpty();
        assertThat(meeting.people()).extracting(Participant::name).containsExactly("Ada", "Bob");
    }

    @Test
    void everybody_lost_leaves_an_empty_meeting_that_can_be_entered_again() {
        join("Ada", "1");
        join("Bob", "2");
        tell(new LinkLost("p1", "1"));
        pass(Duration.ofSeconds(5));
        tell(new LinkLost("p2", "2"));

        assertThat(pass(Duration.ofMinutes(2)))
                .containsExactly(
                        new PersonLeft(3, now().unixMillis(), "p1", LeaveReason.CONNECTION_LOST),
                        new PersonLeft(4, now().unixMillis(), "p2", LeaveReason.CONNECTION_LOST));
        assertThat(meeting.nextDeadlineNanos()).isEmpty();
        assertThat(join("Ada", "3")).isEqualTo(new Admitted("p1", ""));
    }

    @Test
    void the_name_in_a_message_is_the_one_of_that_time() {
        join("Ada", "1");
        tell(new SendChat("p1", "m1", "before"));
        tell(new Rename("p1", "Countess"));
        tell(new SendChat("p1", "m2", "after"));

        assertThat(journal)
                .filteredOn(ChatSent.class::isInstance)
                .extracting(event -> ((ChatSent) event).name())
                .containsExactly("Ada", "Countess");
    }

    @Test
    void renaming_to_the_same_name_is_nothing() {
        join("Ada", "1");
        tell(new Rename("p1", " Ada "));

        assertThat(journal).hasSize(1);
    }

    @Test
    void a_larger_meeting_fills_exactly_to_its_seats() {
        meeting = open(new MeetingConfig(100, Duration.ofMinutes(2), Duration.ofSeconds(30)));
        for (int i = 1; i <= 100; i++) {
            assertThat(join("Guest " + i, "link " + i)).isEqualTo(new Admitted("p" + i, ""));
        }
        assertThat(join("One too many", "link")).isInstanceOf(MeetingResult.Refused.class);
        tell(new Leave("p50"));

        assertThat(join("One too many", "link")).isEqualTo(new Admitted("p101", ""));
        assertThat(meeting.people()).hasSize(100);
    }

    @Test
    void wall_time_that_jumps_changes_no_deadline() {
        join("Ada", "1");
        tell(new LinkLost("p1", "1"));
        var dayLater = new Moment(clock.nowNanos(), BEGAN_MILLIS + 86_400_000);

        assertThat(meeting.advance(dayLater).events()).isEmpty();
    }
}
