// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingEvent.ChatSent;
import noom.meeting.MeetingEvent.LeaveReason;
import noom.meeting.MeetingEvent.PersonJoined;
import noom.meeting.MeetingEvent.PersonLeft;
import noom.meeting.MeetingEvent.PersonRenamed;
import noom.meeting.MeetingId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
    private static final MeetingId MEETING = new MeetingId("AAAAAAAAAAAAAAAA");
    private static final MeetingId OTHER = new MeetingId("BBBBBBBBBBBBBBBB");

    @TempDir private Path folder;
    private Journal journal;

    @BeforeEach
    void open() {
        journal = SqliteJournal.open(folder.resolve("noom.db"));
        journal.create(new MeetingRecord(MEETING, "Tea", true, 1_000)).join();
        journal.create(new MeetingRecord(OTHER, "", false, 2_000)).join();
    }

    @AfterEach
    void close() {
        journal.close();
    }

    private static MeetingEvent chat(long seq) {
        return new ChatSent(seq, 5, "p1", "Ada", "m" + seq, "text " + seq);
    }

    private List<MeetingEvent> all(MeetingId meeting) {
        return journal.readAfter(meeting, 0, Long.MAX_VALUE, 1_000_000);
    }

    @Test
    void every_kind_of_event_comes_back_as_it_went_in_also_after_reopening() {
        var events =
                List.<MeetingEvent>of(
                        new PersonJoined(1, 10, "p1", "서연 \"ㅋ\" \uD83C\uDF19", "key"),
                        new PersonRenamed(2, 11, "p1", ""),
                        new ChatSent(3, 12, "p1", "Ada", "m1", "line\nline\u0001"),
                        new PersonLeft(4, 13, "p1", LeaveReason.CONNECTION_LOST),
                        new PersonLeft(5, 13, "p1", LeaveReason.LEFT));
        journal.append(MEETING, events).join();
        journal.close();
        journal = SqliteJournal.open(folder.resolve("noom.db"));

        assertThat(all(MEETING)).isEqualTo(events);
        assertThat(all(OTHER)).isEmpty();
    }

    @Test
    void whoever_appends_while_it_is_closed_is_answered() throws Exception {
        var answers = new ConcurrentLinkedQueue<CompletableFuture<Void>>();
        var writers = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            writers.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        CompletableFuture<Void> answer;
                                        do {
                                            answer = journal.append(OTHER, List.of(chat(1)));
                                            answers.add(answer);
                                        } while (!answer.isCompletedExceptionally()
                                                || !isClosed(answer));
                                    }));
        }
        journal.close();
        for (var writer : writers) {
            writer.join();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isDone());
    }

    private static boolean isClosed(CompletableFuture<Void> answer) {
        return "closed".equals(answer.exceptionNow().getMessage());
    }

    @Test
    void it_waits_for_the_disk_at_every_commit() throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("noom.db"));
                var statement = connection.createStatement();
                var mode = statement.executeQuery("PRAGMA journal_mode")) {
            assertThat(mode.getString(1)).isEqualTo("wal");
        }
        assertThat(((SqliteJournal) journal).synchronousLevel()).as("FULL").isEqualTo(2);
    }

    @Test
    void pages_forward_and_backward_meet_without_gap_or_overlap() {
        journal.append(MEETING, List.of(chat(1), chat(2), chat(3), chat(4), chat(5))).join();

        assertThat(journal.readAfter(MEETING, 1, 4, 2)).containsExactly(chat(2), chat(3));
        assertThat(journal.readAfter(MEETING, 3, 4, 2)).containsExactly(chat(4));
        assertThat(journal.readBefore(MEETING, 5, 2)).containsExactly(chat(3), chat(4));
        assertThat(journal.readBefore(MEETING, 3, 2)).containsExactly(chat(1), chat(2));
        assertThat(journal.readBefore(MEETING, 1, 2)).isEmpty();
    }

    @Test
    void a_message_cannot_be_kept_twice_and_its_neighbours_do_not_suffer() {
        journal.append(MEETING, List.of(chat(1))).join();
        var twice = new ChatSent(2, 6, "p1", "Ada", "m1", "again");

        var refused = journal.append(MEETING, List.of(twice));
        var other = journal.append(OTHER, List.of(chat(1)));

        assertThatThrownBy(refused::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoreException.class);
        other.join();
        assertThat(all(MEETING)).containsExactly(chat(1));
    }

    @Test
    void events_behind_one_that_was_not_kept_are_not_kept_either() {
        var gap = journal.append(MEETING, List.of(chat(2)));
        var first = journal.append(MEETING, List.of(chat(1)));

        assertThatThrownBy(gap::join).hasRootCauseMessage("event 2 after 0");
        first.join();
        assertThat(all(MEETING)).containsExactly(chat(1));
    }

    @Test
    void of_a_list_with_one_bad_event_none_is_kept() {
        var list = List.of(chat(1), new ChatSent(2, 6, "p1", "Ada", "m1", "again"));

        assertThatThrownBy(journal.append(MEETING, list)::join)
                .hasCauseInstanceOf(StoreException.class);
        assertThat(all(MEETING)).isEmpty();
    }

    @Test
    void an_unknown_meeting_keeps_nothing() {
        var nowhere = new MeetingId("CCCCCCCCCCCCCCCC");

        assertThatThrownBy(journal.append(nowhere, List.of(chat(1)))::join)
                .hasCauseInstanceOf(StoreException.class);
        assertThat(journal.find(nowhere)).isEmpty();
    }

    @Test
    void many_writers_are_all_kept_in_their_own_order() {
        var random = new SplittableRandom(7);
        var next = new long[] {1, 1};
        var kept = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 2_000; i++) {
            int which = random.nextInt(2);
            kept.add(journal.append(which == 0 ? MEETING : OTHER, List.of(chat(next[which]++))));
        }
        kept.forEach(CompletableFuture::join);

        assertThat(all(MEETING)).hasSize((int) next[0] - 1);
        assertThat(all(OTHER)).hasSize((int) next[1] - 1);
    }

    @Test
    void only_shown_meetings_are_listed_the_newest_first() {
        var third = new MeetingId("CCCCCCCCCCCCCCCC");
        journal.create(new MeetingRecord(third, "Later", true, 3_000)).join();

        assertThat(journal.listed(10))
                .extracting(MeetingRecord::title)
                .containsExactly("Later", "Tea");
        assertThat(journal.listed(1)).extracting(MeetingRecord::title).containsExactly("Later");
        assertThat(journal.find(OTHER)).contains(new MeetingRecord(OTHER, "", false, 2_000));
    }

    @Test
    void knows_where_somebody_was_left_inside() {
        journal.append(
                        MEETING,
                        List.of(
                                new PersonJoined(1, 1, "p1", "Ada", "a"),
                                new PersonJoined(2, 1, "p2", "Bob", "b"),
                                new PersonLeft(3, 1, "p1", LeaveReason.LEFT)))
                .join();
        journal.append(
                        OTHER,
                        List.of(
                                new PersonJoined(1, 1, "p1", "Ada", "a"),
                                new PersonLeft(2, 1, "p1", LeaveReason.LEFT)))
                .join();

        assertThat(journal.withPeopleInside()).containsExactly(MEETING);
    }

    @Test
    void a_file_of_a_newer_server_is_left_alone() throws SQLException {
        journal.close();
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("noom.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> SqliteJournal.open(folder.resolve("noom.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer");
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("noom.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 1");
        }
        journal = SqliteJournal.open(folder.resolve("noom.db"));
    }

    @Test
    void after_closing_nothing_is_promised() {
        journal.close();

        assertThatThrownBy(journal.append(MEETING, List.of(chat(1)))::join)
                .hasCauseInstanceOf(StoreException.class);
        journal = SqliteJournal.open(folder.resolve("noom.db"));
    }
}
