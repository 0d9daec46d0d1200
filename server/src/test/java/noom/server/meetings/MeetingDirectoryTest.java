// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import noom.meeting.Devices;
import noom.meeting.MeetingCommand;
import noom.meeting.MeetingCommand.Join;
import noom.meeting.MeetingCommand.LinkLost;
import noom.meeting.MeetingCommand.SendChat;
import noom.meeting.MeetingCommand.SetDevices;
import noom.meeting.MeetingConfig;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.meeting.MeetingResult;
import noom.meeting.MeetingResult.Admitted;
import noom.meeting.MeetingResult.Written;
import noom.meeting.Moment;
import noom.meeting.Participant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeetingDirectoryTest {
    private static final MeetingId MEETING = new MeetingId("AAAAAAAAAAAAAAAA");

    private final ScriptedJournal journal = new ScriptedJournal();
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final AtomicLong nanos = new AtomicLong(1);
    private final MeetingDirectory directory =
            new MeetingDirectory(
                    MeetingConfig.DEFAULT,
                    journal,
                    new Recording(),
                    () -> new Moment(nanos.get(), 1_000));

    private final class Recording implements Audience {
        @Override
        public void onEvent(MeetingId meeting, MeetingEvent event) {
            said.add(event.seq() + " " + event.getClass().getSimpleName());
        }

        @Override
        public void onPresence(MeetingId meeting, Participant person) {
            said.add(person.id() + (person.link().isPresent() ? " linked" : " lost"));
        }

        @Override
        public void onOut(MeetingId meeting, String link) {
            said.add(link + " out");
        }

        @Override
        public void onPeople(MeetingId meeting, List<Participant> people) {}
    }

    /// Completes with the result, or with nothing kept.
    private static final class Answer extends CompletableFuture<MeetingResult> implements Reply {
        @Override
        public void onResult(MeetingResult result, View view) {
            complete(result);
        }

        @Override
        public void onNotKept() {
            completeExceptionally(new IllegalStateException("not kept"));
        }
    }

    @AfterEach
    void close() {
        directory.close();
    }

    private Answer tell(MeetingCommand command) {
        var answer = new Answer();
        directory.tell(MEETING, command, answer);
        return answer;
    }

    private Answer join(String name) {
        return tell(new Join("link " + name, name, "key " + name, Devices.OFF));
    }

    private List<String> saidSoFar(int count) throws InterruptedException {
        var heard = new ArrayList<String>();
        while (heard.size() < count) {
            String next = said.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("after %s", heard).isNotNull();
            heard.add(next);
        }
        return heard;
    }

    /// Everything told before has been handled when this returns.
    private void settle() {
        var done = new CompletableFuture<Void>();
        directory.ask(MEETING, _ -> done.complete(null));
        done.join();
    }

    @Test
    void nobody_hears_anything_before_the_journal_has_it() throws Exception {
        journal.hold();
        var joined = join("Ada");
        var devices = tell(new SetDevices("p1", new Devices(true, false, false)));
        journal.awaitAppends(1);
        settle();
        assertThat(said).isEmpty();
        assertThat(joined).isNotDone();
        assertThat(devices).as("also what needs no keeping waits its turn").isNotDone();

        journal.keepNext();

        assertThat(joined.join()).isEqualTo(new Admitted("p1", ""));
        devices.join();
        assertThat(saidSoFar(3)).containsExactly("1 PersonJoined", "p1 linked", "p1 linked");
    }

    @Test
    void a_failed_append_answers_not_kept_and_the_meeting_goes_on_from_what_is_kept()
            throws Exception {
        join("Ada").join();
        saidSoFar(2);
        journal.hold();
        var first = tell(new SendChat("p1", "m1", "lost"));
        var second = tell(new SendChat("p1", "m2", "behind it"));
        journal.awaitAppends(3);

        journal.failNext();

        assertThat(first).failsWithin(Duration.ofSeconds(30));
        assertThat(second).failsWithin(Duration.ofSeconds(30));
        assertThat(said).isEmpty();
        var again = tell(new SendChat("p1", "m1", "lost"));
        journal.awaitAppends(1);
        journal.failNext(); // the second one of before: nobody cares any more
        journal.keepNext();
        assertThat(again.join())
                .as("the same number as the lost one")
                .isEqualTo(new Written(2, 1_000));
        assertThat(saidSoFar(1)).containsExactly("2 ChatSent");
    }

    @Test
    void people_keep_their_links_through_a_rebuild() throws Exception {
        join("Ada").join();
        saidSoFar(2);
        journal.hold();
        var lost = tell(new SendChat("p1", "m1", "lost"));
        journal.awaitAppends(2);
        journal.failNext();
        assertThat(lost).failsWithin(Duration.ofSeconds(30));

        var view = new CompletableFuture<Reply.View>();
        directory.ask(MEETING, view::complete);

        assertThat(view.join().people().getFirst().link()).contains("link Ada");
    }

    @Test
    void a_replaced_connection_is_told_to_go() throws Exception {
        join("Ada").join();
        saidSoFar(2);

        tell(new Join("second", "Ada", "key Ada", Devices.OFF)).join();

        assertThat(saidSoFar(2)).containsExactly("p1 linked", "link Ada out");
    }

    @Test
    void who_does_not_come_back_in_time_has_left() throws Exception {
        join("Ada").join();
        tell(new LinkLost("p1", "link Ada")).join();
        nanos.addAndGet(MeetingConfig.DEFAULT.linkGrace().toNanos());
        settle();

        assertThat(saidSoFar(4)).endsWith("p1 lost", "2 PersonLeft");
    }

    @Test
    void knows_who_is_inside_for_the_home_page() {
        join("Ada").join();
        join("Bob").join();

        assertThat(directory.people(MEETING))
                .extracting(Participant::name)
                .containsExactly("Ada", "Bob");
        assertThat(directory.busy()).containsOnlyKeys(MEETING);
    }
}
