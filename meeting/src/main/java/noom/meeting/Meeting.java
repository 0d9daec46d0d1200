// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
import noom.meeting.chat.ChatRoom;
import org.jspecify.annotations.Nullable;

/// One meeting: who is in it, and what they said.
///
/// Commands go in by [#handle], time by [#advance]; both give a [Step]. Events are applied at once,
/// so the next command sees them, but whoever drives the meeting must tell nobody before they are
/// kept. If keeping fails, this object is dropped and [#replay] makes another from what was kept.
///
/// A person has three states:
/// ```
///            Join                    LinkLost
/// (outside) ──────► linked ◄──────────────────► lost
///     ▲               │ Leave          Join       │ Leave, grace over, seat given away
///     └───────────────┴───────────────────────────┘
/// ```
/// A person who went is remembered by their resume key: coming back makes them the same person, so
/// that what they sent before, and send again now, happens once.
///
/// Owner: meeting loop.
public final class Meeting {
    private final MeetingConfig config;
    private final Map<String, String> idByResumeKey = new HashMap<>();
    private final Map<String, Inside> inside = new LinkedHashMap<>();
    private final ChatRoom chat = new ChatRoom();
    private long lastSeq;

    private static final class Inside {
        private final String id;
        private final long joinedAtMillis;
        private String name;
        private Devices devices = Devices.OFF;
        private @Nullable String link;
        private long lostSinceNanos;

        private Inside(String id, String name, long joinedAtMillis, long nowNanos) {
            this.id = id;
            this.name = name;
            this.joinedAtMillis = joinedAtMillis;
            this.lostSinceNanos = nowNanos;
        }
    }

    private Meeting(MeetingConfig config) {
        this.config = config;
    }

    /// A meeting from all its events in order; none for a new one.
    ///
    /// Everybody inside is without a link, and their grace starts at `now`.
    ///
    /// @throws IllegalStateException when the numbers have a gap
    public static Meeting replay(
            MeetingConfig config, Iterable<? extends MeetingEvent> events, Moment now) {
        var meeting = new Meeting(config);
        for (var event : events) {
            meeting.apply(event, now);
        }
        return meeting;
    }

    /// Takes a command.
    public Step handle(MeetingCommand command, Moment now) {
        var turn = new Turn(now);
        MeetingResult result =
                switch (command) {
                    case Join join -> turn.join(join);
                    case Leave leave -> turn.leave(leave.personId());
                    case LeaveByKey leave ->
                            turn.leave(idByResumeKey.getOrDefault(leave.resumeKey(), ""));
                    case LinkLost lost -> turn.linkLost(lost);
                    case Rename rename -> turn.rename(rename);
                    case SendChat message -> turn.write(message);
                    case SetDevices devices -> turn.setDevices(devices);
                };
        return turn.finish(result);
    }

    /// Lets time pass: whoever has been lost for longer than the grace is out.
    public Step advance(Moment now) {
        var turn = new Turn(now);
        for (var person : List.copyOf(inside.values())) {
            if (isLostFor(person, config.linkGrace().toNanos(), now)) {
                turn.out(person.id, LeaveReason.CONNECTION_LOST);
            }
        }
        return turn.finish(new Done());
    }

    /// When [#advance] wants to be called next, on the clock of [Moment#nanos].
    public OptionalLong nextDeadlineNanos() {
        return inside.values().stream()
                .filter(person -> person.link == null)
                .mapToLong(person -> person.lostSinceNanos + config.linkGrace().toNanos())
                .min();
    }

    /// The number of the newest event; 0 before the first.
    public long lastSeq() {
        return lastSeq;
    }

    /// Everybody inside, in the order they came.
    public List<Participant> people() {
        return inside.values().stream().map(Meeting::participant).toList();
    }

    /// Somebody inside.
    public Optional<Participant> person(String id) {
        return Optional.ofNullable(inside.get(id)).map(Meeting::participant);
    }

    /// Gives people their links back after a [#replay] that no connection noticed.
    public void relink(Collection<Participant> before) {
        for (var person : before) {
            var now = inside.get(person.id());
            if (now != null) {
                now.link = person.link().orElse(null);
                now.devices = person.devices();
            }
        }
    }

    private static Participant participant(Inside person) {
        return new Participant(
                person.id,
                person.name,
                person.devices,
                Optional.ofNullable(person.link),
                person.joinedAtMillis);
    }

    private static boolean isLostFor(Inside person, long nanos, Moment now) {
        return person.link == null && now.nanos() - person.lostSinceNanos >= nanos;
    }

    private void apply(MeetingEvent event, Moment now) {
        if (event.seq() != lastSeq + 1) {
            throw new IllegalStateException("event " + event.seq() + " after " + lastSeq);
        }
        lastSeq = event.seq();
        switch (event) {
            case PersonJoined(_, long atMillis, String id, String name, String resumeKey) -> {
                idByResumeKey.put(resumeKey, id);
                inside.put(id, new Inside(id, name, atMillis, now.nanos()));
            }
            case PersonRenamed(_, _, String id, String name) -> {
                var person = inside.get(id);
                if (person != null) {
                    person.name = name;
                }
            }
            case PersonLeft(_, _, String id, _) -> inside.remove(id);
            case ChatSent(long seq, long atMillis, String id, _, String messageId, _) ->
                    chat.keep(id, messageId, seq, atMillis);
        }
    }

    /// One command at work: collects what it brings about.
    private final class Turn {
        private final Moment now;
        private final List<MeetingEvent> events = new ArrayList<>();
        private final List<String> changed = new ArrayList<>();

        private Turn(Moment now) {
            this.now = now;
        }

        private Step finish(MeetingResult result) {
            return new Step(result, List.copyOf(events), List.copyOf(changed));
        }

        private void happen(MeetingEvent event) {
            apply(event, now);
            events.add(event);
        }

        private MeetingResult join(Join join) {
            var name = Label.name(join.name());
            if (name.isEmpty()) {
                return new Refused(Reason.BAD_NAME);
            }
            String id = idByResumeKey.get(join.resumeKey());
            if (id == null || !inside.containsKey(id)) {
                if (inside.size() >= config.seats() && !giveAwayLostSeat()) {
                    return new Refused(Reason.FULL);
                }
                id = id == null ? "p" + (idByResumeKey.size() + 1) : id;
                happen(
                        new PersonJoined(
                                lastSeq + 1, now.unixMillis(), id, name.get(), join.resumeKey()));
            }
            return link(id, name.get(), join);
        }

        private MeetingResult link(String id, String name, Join join) {
            var person = inside(id);
            if (!person.name.equals(name)) {
                happen(new PersonRenamed(lastSeq + 1, now.unixMillis(), id, name));
            }
            String replaced = person.link == null ? "" : person.link;
            person.link = join.link();
            person.devices = join.devices();
            changed.add(id);
            return new Admitted(id, replaced.equals(join.link()) ? "" : replaced);
        }

        private boolean giveAwayLostSeat() {
            var longestLost =
                    inside.values().stream()
                            .filter(p -> isLostFor(p, config.seatHold().toNanos(), now))
                            .max(Comparator.comparingLong(p -> now.nanos() - p.lostSinceNanos));
            longestLost.ifPresent(person -> out(person.id, LeaveReason.CONNECTION_LOST));
            return longestLost.isPresent();
        }

        private MeetingResult leave(String personId) {
            if (!inside.containsKey(personId)) {
                return new Refused(Reason.NOT_INSIDE);
            }
            out(personId, LeaveReason.LEFT);
            return new Done();
        }

        private void out(String personId, LeaveReason reason) {
            happen(new PersonLeft(lastSeq + 1, now.unixMillis(), personId, reason));
        }

        private MeetingResult linkLost(LinkLost lost) {
            var person = inside.get(lost.personId());
            if (person != null && lost.link().equals(person.link)) {
                person.link = null;
                person.lostSinceNanos = now.nanos();
                changed.add(person.id);
            }
            return new Done();
        }

        private MeetingResult rename(Rename rename) {
            var name = Label.name(rename.name());
            if (!inside.containsKey(rename.personId())) {
                return new Refused(Reason.NOT_INSIDE);
            }
            if (name.isEmpty()) {
                return new Refused(Reason.BAD_NAME);
            }
            if (!inside(rename.personId()).name.equals(name.get())) {
                happen(
                        new PersonRenamed(
                                lastSeq + 1, now.unixMillis(), rename.personId(), name.get()));
            }
            return new Done();
        }

        private MeetingResult write(SendChat message) {
            var before = chat.find(message.personId(), message.clientMessageId());
            if (before.isPresent()) {
                return new Written(before.get().seq(), before.get().atMillis());
            }
            if (!inside.containsKey(message.personId())) {
                return new Refused(Reason.NOT_INSIDE);
            }
            if (!ChatRoom.isMessageId(message.clientMessageId())) {
                return new Refused(Reason.BAD_MESSAGE_ID);
            }
            if (!ChatRoom.isWritable(message.text())) {
                return new Refused(Reason.BAD_TEXT);
            }
            happen(
                    new ChatSent(
                            lastSeq + 1,
                            now.unixMillis(),
                            message.personId(),
                            inside(message.personId()).name,
                            message.clientMessageId(),
                            message.text()));
            return new Written(lastSeq, now.unixMillis());
        }

        private MeetingResult setDevices(SetDevices devices) {
            var person = inside.get(devices.personId());
            if (person == null) {
                return new Refused(Reason.NOT_INSIDE);
            }
            if (!person.devices.equals(devices.devices())) {
                person.devices = devices.devices();
                changed.add(person.id);
            }
            return new Done();
        }

        private Inside inside(String id) {
            var person = inside.get(id);
            if (person == null) {
                throw new IllegalStateException(id + " is not inside");
            }
            return person;
        }
    }
}
