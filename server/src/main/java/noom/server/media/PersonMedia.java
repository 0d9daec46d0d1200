// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.rtc.dtls.Fingerprint;
import noom.server.message.Media.ConsumerOffer;
import noom.server.message.Media.TrackRole;
import noom.server.message.Media.TransportDirection;
import noom.sfu.Producer;
import noom.sfu.TrackLink;
import noom.sfu.ortc.RtpCapabilities;
import org.jspecify.annotations.Nullable;

/// What one person has in the router: a transport each way, tracks sent, tracks offered.
///
/// Owner: the meeting's home worker.
final class PersonMedia {
    final String id;

    /// The same for all tracks of a person: by it a browser plays sound and picture in step.
    final String cname;

    final Map<TransportDirection, Line> lines = new EnumMap<>(TransportDirection.class);
    final Map<TrackRole, Sent> sent = new EnumMap<>(TrackRole.class);
    final Map<String, Offered> offered = new LinkedHashMap<>();

    /// Whose faces this person gets, null for everybody's.
    @Nullable Set<String> faces;

    /// A transport, as it is known at home.
    static final class Line {
        final String id;
        final TransportDirection direction;

        /// Where it is.
        final int worker;

        /// It itself: that worker's.
        final TransportEnd end;

        /// What the page can receive; null for a line that sends.
        final @Nullable RtpCapabilities capabilities;

        /// Tracks that it was asked to get and that have not ended, by the ids they have there.
        final Map<String, Sent> tracks = new HashMap<>();

        /// Who was told to connect.
        @Nullable Fingerprint remote;

        Line(
                String id,
                TransportDirection direction,
                int worker,
                TransportEnd end,
                @Nullable RtpCapabilities capabilities) {
            this.id = id;
            this.direction = direction;
            this.worker = worker;
            this.end = end;
            this.capabilities = capabilities;
        }
    }

    /// A track that this person sends.
    record Sent(
            String id,
            PersonMedia owner,
            TrackRole role,
            Line line,
            Producer producer,
            TrackLink link) {}

    /// A track of somebody else.
    static final class Offered {
        final ConsumerOffer offer;
        final Sent of;
        final Line line;
        boolean isWatched;
        int spatialLayer;
        boolean isFlowing;

        /// The layer up to which it flows.
        int toldLayer;

        Offered(ConsumerOffer offer, Sent of, Line line) {
            this.offer = offer;
            this.of = of;
            this.line = line;
        }

        String id() {
            return offer.consumerId();
        }
    }

    PersonMedia(String id, String cname) {
        this.id = id;
        this.cname = cname;
    }

    @Nullable Line line(String transportId) {
        return find(lines.values(), line -> line.id.equals(transportId));
    }

    @Nullable Sent sent(String producerId) {
        return find(sent.values(), track -> track.id().equals(producerId));
    }

    /// Whether it has not ended.
    boolean sends(Sent track) {
        return track.equals(sent.get(track.role()));
    }

    private interface Test<T> {
        boolean holds(T value);
    }

    private static <T> @Nullable T find(Collection<T> all, Test<T> test) {
        for (var one : all) {
            if (test.holds(one)) {
                return one;
            }
        }
        return null;
    }

    /// Whether a track may come to this person now.
    boolean gets(Offered track) {
        var chosen = faces;
        return track.isWatched
                && (chosen == null
                        || track.of.role() != TrackRole.CAMERA
                        || chosen.contains(track.of.owner().id));
    }

    List<ConsumerOffer> offers() {
        return offered.values().stream().map(track -> track.offer).toList();
    }
}
