// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import noom.meeting.MeetingCommand.Join;
import noom.meeting.MeetingCommand.Leave;
import noom.meeting.MeetingCommand.LeaveByKey;
import noom.meeting.MeetingCommand.LinkLost;
import noom.meeting.MeetingCommand.Rename;
import noom.meeting.MeetingCommand.SendChat;
import noom.meeting.MeetingCommand.SetDevices;
import noom.meeting.MeetingEvent.ChatSent;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Random lives of a meeting, checked against its promises after every step.
class MeetingPropertyTest {
    private static final MeetingConfig TWO_SEATS = MeetingConfig.DEFAULT.withSeats(2);

    private static final List<String> PEOPLE = List.of("p1", "p2", "p3", "p4", "stranger");
    private static final List<String> KEYS = List.of("k1", "k2", "k3", "k4");
    private static final List<String> LINKS = List.of("l1", "l2", "l3", "l4");

    @Test
    void seats_numbers_and_messages_keep_their_promises_and_a_replay_is_the_same_meeting() {
        Property.forAll(
                random -> {
                    var kept = new ArrayList<MeetingEvent>();
                    var now = new Moment(0, 1_000);
                    var meeting = Meeting.replay(TWO_SEATS, kept, now);
                    for (int i = random.length() * 3; i > 0; i--) {
                        now = later(random, now);
                        var step =
                                random.between(0, 8) == 0
                                        ? meeting.advance(now)
                                        : meeting.handle(command(random), now);
                        kept.addAll(step.events());
                        check(meeting, kept);
                    }
                    var replayed = Meeting.replay(TWO_SEATS, kept, now);
                    replayed.relink(meeting.people());
                    assertThat(replayed.people()).isEqualTo(meeting.people());
                    assertThat(replayed.lastSeq()).isEqualTo(meeting.lastSeq());
                });
    }

    private static void check(Meeting meeting, List<MeetingEvent> kept) {
        assertThat(meeting.people()).hasSizeLessThanOrEqualTo(TWO_SEATS.seats());
        assertThat(meeting.lastSeq()).isEqualTo(kept.size());
        var messages = new HashSet<String>();
        for (var event : kept) {
            if (event instanceof ChatSent chat) {
                assertThat(messages.add(chat.personId() + " " + chat.clientMessageId()))
                        .as("%s was written twice", chat)
                        .isTrue();
            }
        }
    }

    private static Moment later(Property.Case random, Moment now) {
        long nanos = random.coin() ? random.between(0, 1_000) : random.between(0, 2_000_000_000);
        return new Moment(now.nanos() + nanos * 20, now.unixMillis() + random.between(-9, 99));
    }

    private static MeetingCommand command(Property.Case random) {
        String person = random.oneOf(PEOPLE);
        var devices = new Devices(random.coin(), random.coin(), random.coin());
        return switch (random.between(0, 9)) {
            case 0, 1, 2 ->
                    new Join(random.oneOf(LINKS), random.text(), random.oneOf(KEYS), devices);
            case 3 -> new Leave(person);
            case 4 -> new LinkLost(person, random.oneOf(LINKS));
            case 5 -> new Rename(person, random.text());
            case 6 -> new SetDevices(person, devices);
            case 7 -> new LeaveByKey(random.oneOf(KEYS));
            default -> new SendChat(person, "m" + random.between(0, 5), random.text());
        };
    }
}
