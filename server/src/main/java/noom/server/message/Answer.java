// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import noom.server.message.Media.ConsumerOffer;
import noom.server.message.Media.DtlsParameters;
import noom.server.message.Media.IceCandidate;
import noom.server.message.Media.IceParameters;

/// What an ack carries: every request is answered with a result or a [Refused].
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = Answer.ChatAccepted.class, name = "chat-accepted"),
    @JsonSubTypes.Type(value = Answer.History.class, name = "history"),
    @JsonSubTypes.Type(value = Answer.MediaCapabilities.class, name = "media-capabilities"),
    @JsonSubTypes.Type(value = Answer.TransportOpened.class, name = "transport-opened"),
    @JsonSubTypes.Type(value = Answer.IceRestarted.class, name = "ice-restarted"),
    @JsonSubTypes.Type(value = Answer.Produced.class, name = "produced"),
    @JsonSubTypes.Type(value = Answer.MediaState.class, name = "media-state"),
    @JsonSubTypes.Type(value = Answer.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Answer.Refused.class, name = "refused")
})
public sealed interface Answer {
    /// In the meeting.
    ///
    /// @param me own person id
    /// @param resumeSecret 128 random bits as base64url; shows that a later connection is the same
    ///     person. Kept per tab, never shown.
    /// @param people everybody inside, in the order they joined, oneself included
    /// @param history what happened, see [JoinRequest#lastSeq()]
    record Joined(
            MeetingInfo meeting,
            String me,
            String resumeSecret,
            List<Person> people,
            History history,
            List<IceServer> iceServers)
            implements Answer {}

    /// The message is in the journal.
    ///
    /// @param seq its place in the order of the meeting
    /// @param atMillis Unix time
    record ChatAccepted(long seq, long atMillis) implements Answer {}

    /// A run of events without gaps.
    ///
    /// @param events ascending by `seq`
    /// @param more whether there are further ones on the far side of this page
    record History(List<MeetingEvent> events, boolean more) implements Answer {}

    /// What the router takes and gives, for `device.load`.
    record MediaCapabilities(Map<String, Object> rtpCapabilities) implements Answer {}

    /// A transport waits for the page.
    record TransportOpened(
            String transportId,
            IceParameters iceParameters,
            List<IceCandidate> iceCandidates,
            DtlsParameters dtlsParameters)
            implements Answer {}

    /// New credentials for the same transport; media goes on meanwhile.
    record IceRestarted(IceParameters iceParameters) implements Answer {}

    /// The track is expected.
    record Produced(String producerId) implements Answer {}

    /// What the server holds of this person, for a page that was away from signalling.
    record MediaState(
            List<String> transportIds, List<String> producerIds, List<ConsumerOffer> consumers)
            implements Answer {}

    /// Done; there is nothing to add.
    record Done() implements Answer {}

    /// Not done, and nothing has changed.
    ///
    /// @param message one English sentence for developers; the page shows its own by `code`
    record Refused(RefusalCode code, String message) implements Answer {}
}
