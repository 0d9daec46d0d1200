// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.List;
import noom.meeting.Devices;
import noom.meeting.Participant;
import noom.server.message.DeviceStates;
import noom.server.message.MeetingEvent;
import noom.server.message.MeetingEvent.ChatSent;
import noom.server.message.MeetingEvent.LeaveReason;
import noom.server.message.MeetingEvent.PersonJoined;
import noom.server.message.MeetingEvent.PersonLeft;
import noom.server.message.MeetingEvent.PersonRenamed;
import noom.server.message.Person;
import noom.server.message.Presence;

/// The domain as the wire tells it: without resume keys and links.
final class Wire {
    private Wire() {}

    static MeetingEvent event(noom.meeting.MeetingEvent event) {
        return switch (event) {
            case noom.meeting.MeetingEvent.PersonJoined e ->
                    new PersonJoined(e.seq(), e.atMillis(), e.personId(), e.name());
            case noom.meeting.MeetingEvent.PersonRenamed e ->
                    new PersonRenamed(e.seq(), e.atMillis(), e.personId(), e.name());
            case noom.meeting.MeetingEvent.PersonLeft e ->
                    new PersonLeft(e.seq(), e.atMillis(), e.personId(), reason(e.reason()));
            case noom.meeting.MeetingEvent.ChatSent e ->
                    new ChatSent(
                            e.seq(),
                            e.atMillis(),
                            e.personId(),
                            e.name(),
                            e.clientMessageId(),
                            e.text());
        };
    }

    private static LeaveReason reason(noom.meeting.MeetingEvent.LeaveReason reason) {
        return switch (reason) {
            case LEFT -> LeaveReason.LEFT;
            case CONNECTION_LOST -> LeaveReason.CONNECTION_LOST;
        };
    }

    static List<MeetingEvent> events(List<? extends noom.meeting.MeetingEvent> events) {
        return events.stream().map(Wire::event).toList();
    }

    static Person person(Participant person) {
        return new Person(
                person.id(),
                person.name(),
                devices(person.devices()),
                person.link().isPresent(),
                person.joinedAtMillis());
    }

    static Presence presence(Participant person) {
        return new Presence(person.id(), devices(person.devices()), person.link().isPresent());
    }

    static DeviceStates devices(Devices devices) {
        return new DeviceStates(devices.microphone(), devices.camera(), devices.screen());
    }

    static Devices devices(DeviceStates devices) {
        return new Devices(devices.microphone(), devices.camera(), devices.screen());
    }
}
