// SPDX-License-Identifier: Apache-2.0
package noom.server.signal.message;

import java.util.List;
import noom.server.signal.message.Requests.HistoryRequest;
import noom.server.signal.message.Requests.JoinRequest;
import noom.server.signal.message.Requests.Rename;
import noom.server.signal.message.Requests.Replaced;
import noom.server.signal.message.Requests.SendChat;
import noom.server.signal.message.Requests.SendSignal;
import noom.server.signal.message.Requests.SignalReceived;

/// Every Socket.IO event between page and server, by name.
public final class SignalContract {
    private SignalContract() {}

    /// A request of the page and what its ack carries, besides [Answer.Refused].
    public record FromPage<T>(String name, Class<T> request, Class<?> answer) {}

    /// An event that the server sends by itself.
    public record FromServer<T>(String name, Class<T> message) {}

    /// Come in, or come back.
    public static final FromPage<JoinRequest> JOIN =
            new FromPage<>("meeting:join", JoinRequest.class, Answer.Joined.class);

    /// Go.
    public static final FromPage<Nothing> LEAVE =
            new FromPage<>("meeting:leave", Nothing.class, Answer.Done.class);

    /// Go by another name.
    public static final FromPage<Rename> RENAME =
            new FromPage<>("meeting:rename", Rename.class, Answer.Done.class);

    /// Write to everyone.
    public static final FromPage<SendChat> SEND_CHAT =
            new FromPage<>("chat:send", SendChat.class, Answer.ChatAccepted.class);

    /// Events after one, at most 500.
    public static final FromPage<HistoryRequest> HISTORY_AFTER =
            new FromPage<>("history:after", HistoryRequest.class, Answer.History.class);

    /// Events before one, at most 100.
    public static final FromPage<HistoryRequest> HISTORY_BEFORE =
            new FromPage<>("history:before", HistoryRequest.class, Answer.History.class);

    /// Tell which devices are on.
    public static final FromPage<DeviceStates> SET_DEVICES =
            new FromPage<>("devices:set", DeviceStates.class, Answer.Done.class);

    /// Pass a signal on.
    public static final FromPage<SendSignal> SEND_SIGNAL =
            new FromPage<>("signal:send", SendSignal.class, Answer.Done.class);

    /// Show the listed meetings from now on; `home:meetings` follows at once and at each change.
    public static final FromPage<Nothing> WATCH_HOME =
            new FromPage<>("home:watch", Nothing.class, Answer.Done.class);

    /// Something happened in the meeting.
    public static final FromServer<MeetingEvent> EVENT =
            new FromServer<>("meeting:event", MeetingEvent.class);

    /// Devices or link of somebody changed.
    public static final FromServer<Presence> PRESENCE =
            new FromServer<>("meeting:presence", Presence.class);

    /// Another connection took this person's place.
    public static final FromServer<Replaced> REPLACED =
            new FromServer<>("meeting:replaced", Replaced.class);

    /// A signal from somebody in the meeting.
    public static final FromServer<SignalReceived> SIGNAL =
            new FromServer<>("signal:received", SignalReceived.class);

    /// The listed meetings.
    public static final FromServer<ListedMeetings> HOME =
            new FromServer<>("home:meetings", ListedMeetings.class);

    /// All requests.
    public static final List<FromPage<?>> FROM_PAGE =
            List.of(
                    JOIN,
                    LEAVE,
                    RENAME,
                    SEND_CHAT,
                    HISTORY_AFTER,
                    HISTORY_BEFORE,
                    SET_DEVICES,
                    SEND_SIGNAL,
                    WATCH_HOME);

    /// All events that the server sends by itself.
    public static final List<FromServer<?>> FROM_SERVER =
            List.of(EVENT, PRESENCE, REPLACED, SIGNAL, HOME);

    /// Bodies of the REST routes.
    public static final List<Class<?>> REST =
            List.of(
                    CreateMeeting.class,
                    MeetingInfo.class,
                    MeetingPreview.class,
                    LeaveMeeting.class,
                    Answer.Refused.class);
}
