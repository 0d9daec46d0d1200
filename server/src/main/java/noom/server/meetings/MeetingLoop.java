// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import noom.meeting.Meeting;
import noom.meeting.MeetingCommand;
import noom.meeting.MeetingConfig;
import noom.meeting.MeetingEvent;
import noom.meeting.MeetingId;
import noom.meeting.Moment;
import noom.meeting.Participant;
import noom.meeting.Step;
import noom.server.meetings.Reply.View;
import noom.server.store.Journal;
import noom.server.store.StoreException;

/// One live meeting: a mailbox, the [Meeting] behind it, and what waits for the journal.
///
/// A command is handled at once, so that the next one sees it; what it says to anybody waits in
/// `held` until the journal has every event up to it. If the journal fails, everything held is
/// answered with "not kept", the meeting is dropped and rebuilt from what was kept, and people keep
/// their links, so nobody has to come in again.
///
/// The loop ends by itself when nobody is inside, nothing is held and no message came for
/// [#IDLE]; the directory starts another when it is wanted.
final class MeetingLoop {
    /// How long an empty meeting stays in memory.
    static final Duration IDLE = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger("noom.meetings");
    private static final int PAGE = 1_000;

    private final MeetingId id;
    private final MeetingConfig config;
    private final Journal journal;
    private final Audience audience;
    private final Supplier<Moment> clock;
    private final LinkedBlockingQueue<Message> mailbox = new LinkedBlockingQueue<>();
    private final Queue<Held> held = new ArrayDeque<>();
    private Meeting meeting;
    private long keptSeq;
    private long generation;

    private sealed interface Message {
        record Tell(MeetingCommand command, Reply reply) implements Message {}

        record Ask(Consumer<View> question) implements Message {}

        record Kept(long generation, long seq) implements Message {}

        record NotKept(long generation, Throwable cause) implements Message {}
    }

    /// What a step says, once everything up to `seq` is kept.
    private record Held(long seq, Step step, Reply reply, View view, List<String> linksOut) {}

    MeetingLoop(
            MeetingId id,
            MeetingConfig config,
            Journal journal,
            Audience audience,
            Supplier<Moment> clock) {
        this.id = id;
        this.config = config;
        this.journal = journal;
        this.audience = audience;
        this.clock = clock;
        this.meeting = Meeting.replay(config, List.of(), clock.get());
    }

    /// Hands a command in; any thread.
    void tell(MeetingCommand command, Reply reply) {
        mailbox.add(new Message.Tell(command, reply));
    }

    /// Calls back on the loop with who is inside, in order with everything said; any thread.
    void ask(Consumer<View> question) {
        mailbox.add(new Message.Ask(question));
    }

    boolean isMailboxEmpty() {
        return mailbox.isEmpty();
    }

    /// Lives until idle or interrupted.
    ///
    /// @param retire asked when idle; true if no message can come any more
    void run(Supplier<Boolean> retire) {
        rebuild(List.of());
        boolean retired = false;
        while (!retired && !Thread.currentThread().isInterrupted()) {
            try {
                var message = mailbox.poll(waitNanos(), TimeUnit.NANOSECONDS);
                if (message != null) {
                    on(message);
                } else if (meeting.people().isEmpty() && held.isEmpty()) {
                    retired = retire.get();
                }
                advance();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (StoreException e) {
                notKept(e);
            }
        }
    }

    private long waitNanos() {
        long idle = IDLE.toNanos();
        var deadline = meeting.nextDeadlineNanos();
        return deadline.isEmpty()
                ? idle
                : Math.clamp(deadline.getAsLong() - clock.get().nanos(), 0, idle);
    }

    private void on(Message message) {
        switch (message) {
            case Message.Tell(MeetingCommand command, Reply reply) ->
                    take(meeting.handle(command, clock.get()), reply);
            case Message.Ask(Consumer<View> question) -> question.accept(view());
            case Message.Kept(long of, long seq) -> {
                if (of == generation) {
                    keptSeq = seq;
                    release();
                }
            }
            case Message.NotKept(long of, Throwable cause) -> {
                if (of == generation) {
                    notKept(cause);
                }
            }
        }
    }

    private void advance() {
        var step = meeting.advance(clock.get());
        if (!step.events().isEmpty()) {
            take(step, Reply.NONE);
        }
    }

    private void take(Step step, Reply reply) {
        held.add(new Held(meeting.lastSeq(), step, reply, view(), linksOut(step)));
        if (!step.events().isEmpty()) {
            append(step.events());
        }
        release();
    }

    private void append(List<MeetingEvent> events) {
        long of = generation;
        long seq = events.getLast().seq();
        var _ =
                journal.append(id, events)
                        .whenComplete(
                                (_, failure) ->
                                        mailbox.add(
                                                failure == null
                                                        ? new Message.Kept(of, seq)
                                                        : new Message.NotKept(of, failure)));
    }

    private View view() {
        return new View(meeting.people(), meeting.lastSeq());
    }

    private void release() {
        while (!held.isEmpty() && held.peek().seq() <= keptSeq) {
            say(held.remove());
        }
    }

    private void say(Held said) {
        for (var event : said.step().events()) {
            audience.onEvent(id, event);
        }
        if (!said.step().events().isEmpty() || !said.step().changed().isEmpty()) {
            audience.onPeople(id, said.view().people());
        }
        for (String changed : said.step().changed()) {
            said.view().people().stream()
                    .filter(person -> person.id().equals(changed))
                    .forEach(person -> audience.onPresence(id, person));
        }
        said.linksOut().forEach(link -> audience.onOut(id, link));
        said.reply().onResult(said.step().result(), said.view());
    }

    private static List<String> linksOut(Step step) {
        return step.result() instanceof noom.meeting.MeetingResult.Admitted admitted
                        && !admitted.replacedLink().isEmpty()
                ? List.of(admitted.replacedLink())
                : List.of();
    }

    private void notKept(Throwable cause) {
        LOG.log(Level.WARNING, "meeting={0} events not kept, rebuilding", id.value(), cause);
        var before = meeting.people();
        var unheard = new ArrayList<>(held);
        held.clear();
        unheard.forEach(said -> said.reply().onNotKept());
        rebuild(before);
        audience.onPeople(id, meeting.people());
    }

    /// Reads the meeting from the journal. A journal that cannot be read leaves an empty mailbox
    /// and ends the loop's messages with "not kept" until it can.
    private void rebuild(List<Participant> before) {
        generation++;
        Optional<List<MeetingEvent>> events = Optional.empty();
        while (events.isEmpty() && !Thread.currentThread().isInterrupted()) {
            events = readAll();
            if (events.isEmpty()) {
                refuseWaiting();
            }
        }
        meeting = Meeting.replay(config, events.orElse(List.of()), clock.get());
        meeting.relink(before);
        keptSeq = meeting.lastSeq();
        audience.onPeople(id, meeting.people());
    }

    private Optional<List<MeetingEvent>> readAll() {
        try {
            var all = new ArrayList<MeetingEvent>();
            List<MeetingEvent> page;
            do {
                long after = all.isEmpty() ? 0 : all.getLast().seq();
                page = journal.readAfter(id, after, Long.MAX_VALUE, PAGE);
                all.addAll(page);
            } while (page.size() == PAGE);
            return Optional.of(all);
        } catch (StoreException e) {
            LOG.log(Level.WARNING, "meeting={0} cannot be read", id.value(), e);
            return Optional.empty();
        }
    }

    private void refuseWaiting() {
        try {
            var message = mailbox.poll(1, TimeUnit.SECONDS);
            switch (message) {
                case Message.Tell tell -> tell.reply().onNotKept();
                case Message.Ask ask -> ask.question().accept(new View(List.of(), 0));
                case null, default -> {} // of an earlier generation
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
