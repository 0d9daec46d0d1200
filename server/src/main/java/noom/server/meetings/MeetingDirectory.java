// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import noom.meeting.MeetingCommand;
import noom.meeting.MeetingConfig;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.meeting.Moment;
import noom.meeting.Participant;
import noom.server.meetings.Reply.View;
import noom.server.store.Journal;

/// Finds the loop of a meeting, or starts it. The door to all meetings, for any thread.
///
/// Shared: who is inside is put and removed by the one loop of each meeting.
public final class MeetingDirectory implements AutoCloseable {
    private final LiveLoops<MeetingId, Live> live = new LiveLoops<>();
    private final ConcurrentHashMap<MeetingId, List<Participant>> people =
            new ConcurrentHashMap<>();
    private final MeetingConfig config;
    private final Journal journal;
    private final Audience audience;
    private final Supplier<Moment> clock;

    private record Live(MeetingLoop loop, Thread thread) {}

    /// @param audience is told of everything that is kept
    public MeetingDirectory(
            MeetingConfig config, Journal journal, Audience audience, Supplier<Moment> clock) {
        this.config = config;
        this.journal = journal;
        this.audience = new Watching(audience);
        this.clock = clock;
    }

    /// Hands a command to a meeting that exists in the journal.
    public void tell(MeetingId id, MeetingCommand command, Reply reply) {
        withLoop(id, loop -> loop.tell(command, reply));
    }

    /// Calls back, on the meeting's loop, with who is inside.
    public void ask(MeetingId id, Consumer<View> question) {
        withLoop(id, loop -> loop.ask(question));
    }

    /// Starts the meeting's loop, so that whoever does not come back leaves in time.
    public void wake(MeetingId id) {
        withLoop(id, _ -> {});
    }

    /// Who is inside by the last that was kept; empty when the meeting sleeps.
    public List<Participant> people(MeetingId id) {
        return people.getOrDefault(id, List.of());
    }

    /// Meetings with somebody inside, and who.
    public Map<MeetingId, List<Participant>> busy() {
        return Map.copyOf(people);
    }

    private void withLoop(MeetingId id, Consumer<MeetingLoop> message) {
        live.hand(id, () -> start(id), running -> message.accept(running.loop()));
    }

    private Live start(MeetingId id) {
        var loop = new MeetingLoop(id, config, journal, audience, clock);
        var thread =
                Thread.ofVirtual().name("noom-meeting").unstarted(() -> loop.run(() -> retire(id)));
        thread.start();
        return new Live(loop, thread);
    }

    private boolean retire(MeetingId id) {
        return live.retire(id, running -> running.loop().isMailboxEmpty());
    }

    /// Ends all loops; what they have not said yet stays unsaid.
    @Override
    public void close() {
        for (var running : live.all()) {
            running.thread().interrupt();
        }
    }

    /// Keeps the numbers for the home page on the way to the real audience.
    private final class Watching implements Audience {
        private final Audience next;

        private Watching(Audience next) {
            this.next = next;
        }

        @Override
        public void onEvent(MeetingId meeting, MeetingEvent event) {
            next.onEvent(meeting, event);
        }

        @Override
        public void onPresence(MeetingId meeting, Participant person) {
            next.onPresence(meeting, person);
        }

        @Override
        public void onOut(MeetingId meeting, String link) {
            next.onOut(meeting, link);
        }

        @Override
        public void onPeople(MeetingId meeting, List<Participant> inside) {
            if (inside.isEmpty()) {
                people.remove(meeting);
            } else {
                people.put(meeting, inside);
            }
            next.onPeople(meeting, inside);
        }
    }
}
