// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.meeting.MeetingCommand.Join;
import noom.meeting.MeetingCommand.Leave;
import noom.meeting.MeetingCommand.LeaveByKey;
import noom.meeting.MeetingCommand.LinkLost;
import noom.meeting.MeetingCommand.Rename;
import noom.meeting.MeetingCommand.SendChat;
import noom.meeting.MeetingCommand.SetDevices;
import noom.meeting.MeetingEvent.ChatSent;
import noom.meeting.MeetingEvent.LeaveReason;
import noom.meeting.MeetingEvent.PersonJoined;
import noom.meeting.MeetingEvent.PersonLeft;
import noom.meeting.MeetingEvent.PersonRenamed;
import noom.meeting.MeetingResult.Admitted;
import noom.meeting.MeetingResult.Done;
import noom.meeting.MeetingResult.Reason;
import noom.meeting.MeetingResult.Refused;
import noom.meeting.MeetingResult.Written;
import org.junit.jupiter.api.Test;

class MeetingTest {
    private static final MeetingConfig TWO_SEATS = MeetingConfig.DEFAULT.withSeats(2);

    private static final Devices ALL_ON = new Devices(true, true, true);

    private final List<MeetingEvent> kept = new ArrayList<>();
    private Moment now = new Moment(5_000_000_000L, 1_700_000_000_000L);
    private Meeting meeting = Meeting.replay(TWO_SEATS, List.of(), now);

    private Step step(MeetingCommand command) {
        var step = meeting.handle(command, now);
        kept.addAll(step.events());
        return step;
    }

    private Step pass(Duration time) {
        now = new Moment(now.nanos() + time.toNanos(), now.unixMillis() + time.toMillis());
        var step = meeting.advance(now);
        kept.addAll(step.events());
        return step;
    }

    private Step join(String name) {
        return step(new Join("link-" + name, name, "key-" + name, Devices.OFF));
    }

    @Test
    void the_first_to_come_is_admitted_and_told_of() {
        var step = step(new Join("link", " Ada ", "key", ALL_ON));

        assertThat(step.result()).isEqualTo(new Admitted("p1", ""));
        assertThat(step.events())
                .containsExactly(new PersonJoined(1, now.unixMillis(), "p1", "Ada", "key"));
        assertThat(step.changed()).containsExactly("p1");
        assertThat(meeting.people().getFirst().devices()).isEqualTo(ALL_ON);
    }

    @Test
    void a_third_visitor_hears_that_it_is_full_and_nothing_changes() {
        join("Ada");
        join("Bob");

        var step = join("Cleo");

        assertThat(step).isEqualTo(new Step(new Refused(Reason.FULL), List.of(), List.of()));
        assertThat(meeting.people()).hasSize(2);
    }

    @Test
    void after_somebody_left_there_is_a_seat() {
        join("Ada");
        join("Bob");
        step(new Leave("p1"));

        assertThat(join("Cleo").result()).isEqualTo(new Admitted("p3", ""));
    }

    @Test
    void showing_the_resume_key_from_another_link_takes_the_place_over() {
        join("Ada");

        var step = step(new Join("second", "Ada", "key-Ada", ALL_ON));

        assertThat(step.result()).isEqualTo(new Admitted("p1", "link-Ada"));
        assertThat(step.events()).isEmpty();
        assertThat(meeting.person("p1").orElseThrow().link()).contains("second");
    }

    @Test
    void joining_twice_over_one_link_replaces_nothing() {
        join("Ada");

        assertThat(join("Ada").result()).isEqualTo(new Admitted("p1", ""));
    }

    @Test
    void the_loss_of_a_replaced_link_is_of_no_importance() {
        join("Ada");
        step(new Join("second", "Ada", "key-Ada", ALL_ON));

        var step = step(new LinkLost("p1", "link-Ada"));

        assertThat(step.changed()).isEmpty();
        assertThat(meeting.person("p1").orElseThrow().link()).contains("second");
    }

    @Test
    void coming_back_under_another_name_is_a_renaming() {
        join("Ada");

        var step = step(new Join("link-Ada", "Countess", "key-Ada", Devices.OFF));

        assertThat(step.events())
                .containsExactly(new PersonRenamed(2, now.unixMillis(), "p1", "Countess"));
    }

    @Test
    void a_lost_link_keeps_its_person_until_the_grace_is_over() {
        join("Ada");
        step(new LinkLost("p1", "link-Ada"));

        assertThat(pass(TWO_SEATS.linkGrace().minusNanos(1)).events()).isEmpty();
        assertThat(meeting.nextDeadlineNanos()).hasValue(now.nanos() + 1);
        assertThat(pass(Duration.ofNanos(1)).events())
                .containsExactly(
                        new PersonLeft(2, now.unixMillis(), "p1", LeaveReason.CONNECTION_LOST));
    }

    @Test
    void who_comes_back_in_time_never_left() {
        join("Ada");
        step(new LinkLost("p1", "link-Ada"));
        pass(Duration.ofSeconds(119));

        var step = step(new Join("again", "Ada", "key-Ada", Devices.OFF));

        assertThat(step.events()).isEmpty();
        assertThat(meeting.nextDeadlineNanos()).isEmpty();
        assertThat(pass(Duration.ofHours(1)).events()).isEmpty();
    }

    private void loseBobThenAdaForHalfAMinute() {
        join("Ada");
        join("Bob");
        step(new LinkLost("p2", "link-Bob"));
        pass(Duration.ofSeconds(1));
        step(new LinkLost("p1", "link-Ada"));
        pass(Duration.ofSeconds(29));
    }

    @Test
    void a_newcomer_gets_the_seat_of_the_longest_lost_after_half_a_minute() {
        loseBobThenAdaForHalfAMinute();

        var step = join("Cleo");

        assertThat(step.result()).isEqualTo(new Admitted("p3", ""));
        assertThat(step.events())
                .extracting(MeetingEvent::personId)
                .as("who was lost first goes")
                .containsExactly("p2", "p3");
    }

    @Test
    void a_seat_is_not_given_away_a_moment_earlier() {
        join("Ada");
        join("Bob");
        step(new LinkLost("p2", "link-Bob"));
        pass(TWO_SEATS.seatHold().minusNanos(1));

        assertThat(join("Cleo").result()).isEqualTo(new Refused(Reason.FULL));
    }

    @Test
    void who_lost_the_seat_hears_that_it_is_full() {
        loseBobThenAdaForHalfAMinute();
        join("Cleo");
        step(new Join("again", "Ada", "key-Ada", Devices.OFF));

        assertThat(join("Bob").result()).isEqualTo(new Refused(Reason.FULL));
    }

    @Test
    void a_message_happens_once_however_often_it_is_sent() {
        join("Ada");
        var first = step(new SendChat("p1", "m1", "hello"));
        pass(Duration.ofSeconds(3));

        var second = step(new SendChat("p1", "m1", "hello"));

        assertThat(first.events())
                .containsExactly(new ChatSent(2, 1_700_000_000_000L, "p1", "Ada", "m1", "hello"));
        assertThat(second.result()).isEqualTo(new Written(2, 1_700_000_000_000L));
        assertThat(second.events()).isEmpty();
    }

    @Test
    void two_people_may_use_the_same_message_id() {
        join("Ada");
        join("Bob");
        step(new SendChat("p1", "m1", "hello"));

        assertThat(step(new SendChat("p2", "m1", "hello")).events()).hasSize(1);
    }

    @Test
    void a_message_sent_again_after_its_writer_left_and_came_back_still_happens_once() {
        join("Ada");
        step(new SendChat("p1", "m1", "hello"));
        step(new Leave("p1"));
        join("Ada");

        assertThat(step(new SendChat("p1", "m1", "hello")).result())
                .isEqualTo(new Written(2, now.unixMillis()));
    }

    @Test
    void texts_up_to_the_limit_are_written_and_one_byte_more_is_refused() {
        join("Ada");

        var atLimit = step(new SendChat("p1", "m1", "é".repeat(4_096)));
        var over = step(new SendChat("p1", "m2", "é".repeat(4_096) + "a"));
        var far = step(new SendChat("p1", "m3", "a".repeat(819_200)));

        assertThat(atLimit.result()).isInstanceOf(Written.class);
        assertThat(over.result()).isEqualTo(new Refused(Reason.BAD_TEXT));
        assertThat(far.result()).isEqualTo(new Refused(Reason.BAD_TEXT));
        assertThat(step(new SendChat("p1", "m4", " \n\t")).result())
                .isEqualTo(new Refused(Reason.BAD_TEXT));
    }

    @Test
    void message_ids_have_one_to_64_characters() {
        join("Ada");

        assertThat(step(new SendChat("p1", "m".repeat(64), "x")).events()).hasSize(1);
        assertThat(step(new SendChat("p1", "m".repeat(65), "x")).result())
                .isEqualTo(new Refused(Reason.BAD_MESSAGE_ID));
        assertThat(step(new SendChat("p1", "", "x")).result())
                .isEqualTo(new Refused(Reason.BAD_MESSAGE_ID));
    }

    @Test
    void strangers_can_do_nothing() {
        var refused = new Refused(Reason.NOT_INSIDE);

        assertThat(step(new SendChat("p1", "m", "x")).result()).isEqualTo(refused);
        assertThat(step(new Rename("p1", "x")).result()).isEqualTo(refused);
        assertThat(step(new SetDevices("p1", ALL_ON)).result()).isEqualTo(refused);
        assertThat(step(new Leave("p1")).result()).isEqualTo(refused);
        assertThat(step(new LeaveByKey("no such key")).result()).isEqualTo(refused);
        assertThat(kept).isEmpty();
    }

    @Test
    void a_closing_page_leaves_by_its_key() {
        join("Ada");

        assertThat(step(new LeaveByKey("key-Ada")).events())
                .containsExactly(new PersonLeft(2, now.unixMillis(), "p1", LeaveReason.LEFT));
    }

    @Test
    void an_unusable_name_is_refused_at_the_door_and_later() {
        assertThat(step(new Join("l", "\u0000 ", "k", Devices.OFF)).result())
                .isEqualTo(new Refused(Reason.BAD_NAME));
        join("Ada");
        assertThat(step(new Rename("p1", "x".repeat(41))).result())
                .isEqualTo(new Refused(Reason.BAD_NAME));
    }

    @Test
    void devices_are_told_only_when_they_change_and_are_no_history() {
        join("Ada");

        assertThat(step(new SetDevices("p1", ALL_ON)))
                .isEqualTo(new Step(new Done(), List.of(), List.of("p1")));
        assertThat(step(new SetDevices("p1", ALL_ON)).changed()).isEmpty();
    }

    @Test
    void after_a_restart_everybody_is_inside_without_a_link_and_with_full_grace() {
        join("Ada");
        step(new SendChat("p1", "m1", "hello"));
        now = new Moment(7, 1_700_000_900_000L);

        meeting = Meeting.replay(TWO_SEATS, kept, now);

        assertThat(meeting.lastSeq()).isEqualTo(2);
        assertThat(meeting.person("p1").orElseThrow().link()).isEmpty();
        assertThat(meeting.nextDeadlineNanos()).hasValue(7 + TWO_SEATS.linkGrace().toNanos());
        assertThat(step(new SendChat("p1", "m1", "hello")).events()).isEmpty();
    }

    @Test
    void links_can_be_given_back_after_a_rebuild() {
        step(new Join("link", "Ada", "key", ALL_ON));
        var before = meeting.people();

        meeting = Meeting.replay(TWO_SEATS, kept, now);
        meeting.relink(before);

        assertThat(meeting.people()).isEqualTo(before);
    }

    @Test
    void a_gap_in_the_events_is_a_bug() {
        var event = new PersonLeft(2, 0, "p1", LeaveReason.LEFT);

        assertThatThrownBy(() -> Meeting.replay(TWO_SEATS, List.of(event), now))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("event 2 after 0");
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new MeetingConfig(0, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MeetingConfig(2, Duration.ofSeconds(1), Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
