// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.function.Consumer;
import noom.server.media.PersonMedia.Line;
import noom.server.media.PersonMedia.Offered;
import noom.server.media.PersonMedia.Sent;
import noom.server.message.Answer;
import noom.server.message.Answer.Done;
import noom.server.message.Media.ConsumerClosed;
import noom.server.message.Media.ConsumerOffer;
import noom.server.message.Media.TransportDirection;
import noom.server.message.Media.Watch;
import noom.server.message.SignalContract;
import noom.sfu.ortc.RtpParameters;

/// Tracks of others, as they are offered to people, watched and taken back.
///
/// Owner: the meeting's home worker. A receiver may be on another: what it is to do is told there,
/// and an offer is told to its page once it is known there how the track is received.
final class TrackOffers {
    private static final int MAX_SPATIAL_LAYER = 7;

    private final Reach reach;
    private final Placement placement;
    private final MeetingMedia.Sink sink;

    /// The way to a worker, the home one among them.
    interface Reach {
        void at(int worker, Consumer<WorkerMedia> task);
    }

    TrackOffers(Reach reach, Placement placement, MeetingMedia.Sink sink) {
        this.reach = reach;
        this.placement = placement;
        this.sink = sink;
    }

    /// Nobody is offered what is their own, or what they could not receive yet.
    ///
    /// @param id not in use
    void offer(PersonMedia to, Sent track, String id) {
        var line = to.lines.get(TransportDirection.RECEIVE);
        if (line == null || line.capabilities == null || track.owner().equals(to)) {
            return;
        }
        var capabilities = line.capabilities;
        line.tracks.put(id, track);
        placement.onConsumers(line.worker, 1);
        reach.at(line.worker, _ -> line.end.consume(id, track.link(), capabilities));
    }

    /// It is offered if it has not ended meanwhile.
    void onConsumed(PersonMedia to, Line line, String consumerId, RtpParameters parameters) {
        var track = line.tracks.get(consumerId);
        if (track == null || !track.owner().sends(track)) {
            return;
        }
        var offer =
                new ConsumerOffer(
                        consumerId,
                        track.id(),
                        track.owner().id,
                        track.role(),
                        RtpJson.write(parameters));
        to.offered.put(consumerId, new Offered(offer, track, line));
        sink.tell(to.id, SignalContract.CONSUMER, offer);
    }

    /// It has ended, or cannot be received.
    void withdraw(PersonMedia from, Line line, String consumerId) {
        if (line.tracks.remove(consumerId) != null) {
            placement.onConsumers(line.worker, -1);
        }
        if (from.offered.remove(consumerId) != null) {
            sink.tell(from.id, SignalContract.CONSUMER_CLOSED, new ConsumerClosed(consumerId));
        }
    }

    Answer watch(PersonMedia person, Watch request) {
        var track = person.offered.get(request.consumerId());
        if (track == null) {
            return MediaBridge.gone();
        }
        if (request.spatialLayer() < 0 || request.spatialLayer() > MAX_SPATIAL_LAYER) {
            return MediaBridge.refused("spatialLayer is 0 to " + MAX_SPATIAL_LAYER);
        }
        track.isWatched = request.watching();
        track.spatialLayer = request.spatialLayer();
        apply(person, track);
        return new Done();
    }

    /// Says nothing that was said before: in a large meeting most of this changes nothing.
    void apply(PersonMedia person, Offered track) {
        boolean flows = person.gets(track);
        var end = track.line.end;
        int layer = track.spatialLayer;
        if (flows && !track.isFlowing) {
            reach.at(track.line.worker, _ -> end.resume(track.id(), layer));
        } else if (flows && layer != track.toldLayer) {
            reach.at(track.line.worker, _ -> end.prefer(track.id(), layer));
        } else if (!flows && track.isFlowing) {
            reach.at(track.line.worker, _ -> end.pause(track.id()));
        }
        track.isFlowing = flows;
        track.toldLayer = layer;
    }
}
