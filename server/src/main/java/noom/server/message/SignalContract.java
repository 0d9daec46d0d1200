// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import java.util.List;
import noom.server.message.Media.ConnectTransport;
import noom.server.message.Media.ConsumerClosed;
import noom.server.message.Media.ConsumerOffer;
import noom.server.message.Media.FacesChosen;
import noom.server.message.Media.LayersWanted;
import noom.server.message.Media.OpenTransport;
import noom.server.message.Media.Produce;
import noom.server.message.Media.ProducerRef;
import noom.server.message.Media.SpeakerChanged;
import noom.server.message.Media.TransportClosed;
import noom.server.message.Media.TransportRef;
import noom.server.message.Media.Watch;
import noom.server.message.Requests.HistoryRequest;
import noom.server.message.Requests.JoinRequest;
import noom.server.message.Requests.Rename;
import noom.server.message.Requests.Replaced;
import noom.server.message.Requests.SendChat;
import noom.server.message.Requests.SendSignal;
import noom.server.message.Requests.SignalReceived;

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

    /// What the router takes and gives.
    public static final FromPage<Nothing> MEDIA_CAPABILITIES =
            new FromPage<>("media:capabilities", Nothing.class, Answer.MediaCapabilities.class);

    /// Open a transport.
    public static final FromPage<OpenTransport> OPEN_TRANSPORT =
            new FromPage<>("media:open", OpenTransport.class, Answer.TransportOpened.class);

    /// Tell who will connect.
    public static final FromPage<ConnectTransport> CONNECT_TRANSPORT =
            new FromPage<>("media:connect", ConnectTransport.class, Answer.Done.class);

    /// Find a new path, after a change of network for example.
    public static final FromPage<TransportRef> RESTART_ICE =
            new FromPage<>("media:restart-ice", TransportRef.class, Answer.IceRestarted.class);

    /// Close a transport and everything that goes over it.
    public static final FromPage<TransportRef> CLOSE_TRANSPORT =
            new FromPage<>("media:close", TransportRef.class, Answer.Done.class);

    /// Begin to send a track.
    public static final FromPage<Produce> PRODUCE =
            new FromPage<>("media:produce", Produce.class, Answer.Produced.class);

    /// Stop sending it.
    public static final FromPage<ProducerRef> CLOSE_PRODUCER =
            new FromPage<>("media:close-producer", ProducerRef.class, Answer.Done.class);

    /// Say what is wanted of an offered track.
    public static final FromPage<Watch> WATCH =
            new FromPage<>("media:watch", Watch.class, Answer.Done.class);

    /// What the server holds of this person.
    public static final FromPage<Nothing> MEDIA_STATE =
            new FromPage<>("media:state", Nothing.class, Answer.MediaState.class);

    /// A track of somebody else is there.
    public static final FromServer<ConsumerOffer> CONSUMER =
            new FromServer<>("media:consumer", ConsumerOffer.class);

    /// It is no more.
    public static final FromServer<ConsumerClosed> CONSUMER_CLOSED =
            new FromServer<>("media:consumer-closed", ConsumerClosed.class);

    /// A transport of this page is no more.
    public static final FromServer<TransportClosed> TRANSPORT_CLOSED =
            new FromServer<>("media:transport-closed", TransportClosed.class);

    /// What of an own track is worth sending.
    public static final FromServer<LayersWanted> LAYERS_WANTED =
            new FromServer<>("media:layers-wanted", LayersWanted.class);

    /// Who has the floor.
    public static final FromServer<SpeakerChanged> SPEAKER =
            new FromServer<>("media:speaker", SpeakerChanged.class);

    /// Whose faces come.
    public static final FromServer<FacesChosen> FACES =
            new FromServer<>("media:faces", FacesChosen.class);

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
                    WATCH_HOME,
                    MEDIA_CAPABILITIES,
                    OPEN_TRANSPORT,
                    CONNECT_TRANSPORT,
                    RESTART_ICE,
                    CLOSE_TRANSPORT,
                    PRODUCE,
                    CLOSE_PRODUCER,
                    WATCH,
                    MEDIA_STATE);

    /// All events that the server sends by itself.
    public static final List<FromServer<?>> FROM_SERVER =
            List.of(
                    EVENT,
                    PRESENCE,
                    REPLACED,
                    SIGNAL,
                    HOME,
                    CONSUMER,
                    CONSUMER_CLOSED,
                    TRANSPORT_CLOSED,
                    LAYERS_WANTED,
                    SPEAKER,
                    FACES);

    /// Bodies of the REST routes.
    public static final List<Class<?>> REST =
            List.of(
                    CreateMeeting.class,
                    MeetingInfo.class,
                    MeetingPreview.class,
                    LeaveMeeting.class,
                    Answer.Refused.class);
}
