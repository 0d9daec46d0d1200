// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a page and the server's media router tell each other. Objects held as maps are those of
/// `mediasoup-client` 3.24 under the same names.
///
/// A page opens one transport to send and one to receive. It gets a [ConsumerOffer] for each track
/// of the others by itself, and nothing flows until it says by [Watch] that it is ready.
public final class Media {
    private Media() {}

    /// Which of a person's tracks; each has at most one of a kind.
    public enum TrackRole {
        /// Their voice.
        AUDIO,
        /// Their face.
        CAMERA,
        /// What they share.
        SCREEN,
        /// Its sound.
        SCREEN_AUDIO;

        /// The spelling on the wire.
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Which way media goes, seen from the page.
    public enum TransportDirection {
        /// From it.
        SEND,
        /// To it.
        RECEIVE;

        /// The spelling on the wire.
        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Open a transport; an earlier one of this person in the same direction is closed.
    ///
    /// @param rtpCapabilities what the page can receive; needed to receive
    public record OpenTransport(
            TransportDirection direction,
            @JsonSetter(nulls = Nulls.SET) @Nullable Map<String, Object> rtpCapabilities) {}

    /// Tell who will connect. Asked again with the same fingerprint it is still done.
    public record ConnectTransport(String transportId, Map<String, Object> dtlsParameters) {}

    /// A transport of this person.
    public record TransportRef(String transportId) {}

    /// Begin to send a track; an earlier one of this person in the same role is closed.
    public record Produce(String transportId, TrackRole role, Map<String, Object> rtpParameters) {}

    /// A track that this person sends.
    public record ProducerRef(String producerId) {}

    /// What is wanted of an offered track from now on; the last word counts.
    ///
    /// @param watching false for nothing at all
    /// @param spatialLayer 0 or more, the best layer worth sending; of no meaning for sound
    public record Watch(String consumerId, boolean watching, int spatialLayer) {}

    /// A track of somebody else, ready to be received.
    ///
    /// @param personId whose
    public record ConsumerOffer(
            String consumerId,
            String producerId,
            String personId,
            TrackRole role,
            Map<String, Object> rtpParameters) {}

    /// An offered track is no more.
    public record ConsumerClosed(String consumerId) {}

    /// A transport of this page is no more; it may open another.
    public record TransportClosed(String transportId) {}

    /// Layers above this one of a track are watched by nobody.
    ///
    /// @param maxSpatialLayer -1 when nobody watches at all
    public record LayersWanted(String producerId, int maxSpatialLayer) {}

    /// Who has the floor.
    ///
    /// @param personId null for nobody
    public record SpeakerChanged(@Nullable String personId) {}

    /// More people show their faces than one receiver gets: whose come now.
    ///
    /// @param personIds the most important first; null when all come again
    public record FacesChosen(@Nullable List<String> personIds) {}

    /// How to reach the server (RFC 8445 section 5.3).
    public record IceParameters(String usernameFragment, String password, boolean iceLite) {
        /// Without the password.
        @Override
        public String toString() {
            return "IceParameters[" + usernameFragment + "]";
        }
    }

    /// Where to reach it.
    ///
    /// @param ip the same as `address`, for older pages
    public record IceCandidate(
            String foundation,
            long priority,
            String address,
            String ip,
            String protocol,
            int port,
            String type) {}

    /// Who answers there.
    public record DtlsParameters(String role, List<DtlsFingerprint> fingerprints) {}

    /// Of a certificate (RFC 8122 section 5).
    public record DtlsFingerprint(String algorithm, String value) {}
}
