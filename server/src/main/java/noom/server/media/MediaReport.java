// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import noom.rtc.TransportDescription;
import noom.server.message.Media.TrackRole;
import noom.server.message.Media.TransportDirection;
import noom.sfu.worker.WorkerReport;
import org.jspecify.annotations.Nullable;

/// All media at one moment, as the operator reads it. Holds no secrets and no names of people.
///
/// @param aesGcm whose encryption it is
public record MediaReport(
        List<OfMeeting> meetings, List<WorkerReport> workers, OfDtls dtls, String aesGcm) {
    /// Handshakes of the process.
    public record OfDtls(int running, int waiting, long refused) {}

    /// A meeting that goes through the router.
    ///
    /// @param worker its home
    public record OfMeeting(String id, int worker, List<OfPerson> people) {}

    /// Somebody in it.
    ///
    /// @param faces whose cameras they get, null for everybody's
    public record OfPerson(
            String id,
            List<OfTransport> transports,
            List<OfProducer> producers,
            List<OfConsumer> consumers,
            @Nullable Collection<String> faces) {}

    /// A transport.
    ///
    /// @param worker where it is
    /// @param path the peer's address, null before there is one
    public record OfTransport(
            String id,
            TransportDirection direction,
            int worker,
            String state,
            String ice,
            @Nullable String srtp,
            @Nullable String path,
            long receivedDatagrams,
            long receivedBytes,
            long sentDatagrams,
            long sentBytes,
            Map<String, Long> dropped) {}

    /// A track that comes in.
    ///
    /// @param layersWanted the highest encoding or layer that anybody watches, -1 for none
    /// @param roundTripMillis to who sends it, -1 until it is known
    public record OfProducer(
            String id,
            TrackRole role,
            String codec,
            int layersWanted,
            long roundTripMillis,
            List<OfEncoding> encodings) {}

    /// One of its encodings.
    ///
    /// @param score 0 to 10, 0 while it sends nothing
    public record OfEncoding(int score, long bitrateBps) {}

    /// A track that goes out.
    ///
    /// @param spatialLayer that goes on now, -1 for nothing
    /// @param roundTripMillis -1 until it is known
    public record OfConsumer(
            String id,
            String producerId,
            TrackRole role,
            boolean watched,
            int preferredSpatialLayer,
            int spatialLayer,
            long roundTripMillis) {}

    /// @param ends all transports, of all workers; one that has just opened or closed elsewhere is
    ///     left out
    static OfPerson of(
            PersonMedia person, Map<TransportEnd, TransportEnd.Report> ends, long nowNanos) {
        return new OfPerson(
                person.id,
                person.lines.values().stream().flatMap(line -> of(line, ends).stream()).toList(),
                person.sent.values().stream().map(track -> of(track, nowNanos)).toList(),
                person.offered.values().stream().map(track -> of(track, ends)).toList(),
                person.faces);
    }

    private static Optional<OfTransport> of(
            PersonMedia.Line line, Map<TransportEnd, TransportEnd.Report> ends) {
        return Optional.ofNullable(ends.get(line.end)).map(end -> of(line, end.transport()));
    }

    private static OfTransport of(PersonMedia.Line line, TransportDescription now) {
        var dropped = new TreeMap<String, Long>();
        now.dropped().forEach((reason, count) -> dropped.put(wire(reason), count));
        return new OfTransport(
                line.id,
                line.direction,
                line.worker,
                wire(now.state()),
                wire(now.ice()),
                now.profile().map(Enum::name).orElse(null),
                now.selectedPath().map(MediaReport::text).orElse(null),
                now.receivedCount(),
                now.receivedBytes(),
                now.sentCount(),
                now.sentBytes(),
                dropped);
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + " " + address.getPort();
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static OfProducer of(PersonMedia.Sent track, long nowNanos) {
        var producer = track.producer();
        var encodings = new ArrayList<OfEncoding>();
        for (int i = 0; i < producer.encodingCount(); i++) {
            encodings.add(new OfEncoding(producer.score(i), producer.bitrateBps(i, nowNanos)));
        }
        return new OfProducer(
                track.id(),
                track.role(),
                producer.consumable().parameters().codecs().getFirst().mimeType(),
                producer.layersWanted(),
                millis(producer.roundTripNanos()),
                encodings);
    }

    private static OfConsumer of(
            PersonMedia.Offered track, Map<TransportEnd, TransportEnd.Report> ends) {
        var end = ends.get(track.line.end);
        var now = end == null ? null : end.consumers().get(track.id());
        return new OfConsumer(
                track.id(),
                track.offer.producerId(),
                track.offer.role(),
                track.isWatched,
                track.spatialLayer,
                now == null ? -1 : now.spatialLayer(),
                millis(now == null ? -1 : now.roundTripNanos()));
    }

    /// @param nanos -1 for unknown, and so is what it returns
    private static long millis(long nanos) {
        return nanos < 0 ? -1 : nanos / 1_000_000;
    }
}
