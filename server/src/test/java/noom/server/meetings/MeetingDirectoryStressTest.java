// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import noom.meeting.Devices;
import noom.meeting.MeetingCommand.Join;
import noom.meeting.MeetingCommand.Leave;
import noom.meeting.MeetingConfig;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.meeting.MeetingResult;
import noom.meeting.Moment;
import noom.meeting.Participant;
import org.junit.jupiter.api.Test;

/// Many threads at one meeting: every command is answered once, and numbers never repeat.
class MeetingDirectoryStressTest {
    private static final MeetingId MEETING = new MeetingId("AAAAAAAAAAAAAAAA");
    private static final int THREADS = 8;
    private static final int ROUNDS = 500;

    private final ConcurrentHashMap<Long, MeetingEvent> said = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    private final class Recording implements Audience {
        @Override
        public void onEvent(MeetingId meeting, MeetingEvent event) {
            if (said.put(event.seq(), event) != null) {
                repeated.incrementAndGet();
            }
        }

        @Override
        public void onPresence(MeetingId meeting, Participant person) {}

        @Override
        public void onOut(MeetingId meeting, String link) {}

        @Override
        public void onPeople(MeetingId meeting, List<Participant> people) {}
    }

    @Test
    void every_command_is_answered_once_and_numbers_have_no_gap() throws Exception {
        var journal = new ScriptedJournal();
        var answers = new CountDownLatch(THREADS * ROUNDS * 2);
        try (var directory =
                new MeetingDirectory(
                        MeetingConfig.DEFAULT,
                        journal,
                        new Recording(),
                        () -> new Moment(nanos.incrementAndGet(), 0))) {
            for (int i = 0; i < THREADS; i++) {
                String name = "person " + i;
                Thread.ofPlatform().start(() -> comeAndGo(directory, name, answers));
            }

            assertThat(answers.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(repeated.get()).isZero();
        assertThat(said.keySet().stream().sorted().toList())
                .isEqualTo(journal.kept().stream().map(MeetingEvent::seq).toList());
    }

    private static void comeAndGo(MeetingDirectory directory, String name, CountDownLatch answers) {
        for (int round = 0; round < ROUNDS; round++) {
            directory.tell(
                    MEETING,
                    new Join("link " + name, name, "key " + name, Devices.OFF),
                    counting(answers));
            directory.tell(MEETING, new Leave("p1"), counting(answers));
        }
    }

    private static Reply counting(CountDownLatch answers) {
        return new Reply() {
            @Override
            public void onResult(MeetingResult result, View view) {
                answers.countDown();
            }

            @Override
            public void onNotKept() {
                answers.countDown();
            }
        };
    }
}
