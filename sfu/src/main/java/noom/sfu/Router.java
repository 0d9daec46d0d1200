// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import noom.sfu.audio.ActiveSpeaker;
import noom.sfu.audio.AudioLevels;
import noom.sfu.audio.Voice;
import noom.sfu.ortc.ConsumableBuilder;
import noom.sfu.ortc.ConsumeBuilder;
import noom.sfu.ortc.ConsumeCheck;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.OrtcRefusal;
import noom.sfu.ortc.ProduceCheck;
import noom.sfu.ortc.RouterCapabilities;
import noom.sfu.ortc.RtpCapabilities;

/// One meeting's media: which tracks there are, and who gets each.
///
/// Owner: a media worker. Closing goes downwards: a producer's end is its consumers' end, never
/// the other way round.
public final class Router {
    private final RandomGenerator random;
    private final ConsumableBuilder consumables;
    private final ConsumeBuilder consumes;
    private final PacketWriter writer = new PacketWriter();
    private final Map<String, Producer> producers = new LinkedHashMap<>();
    private final ActiveSpeaker speaker;
    private final List<Voice> voices = new ArrayList<>();
    private final long localSsrc;

    /// What came of a wish to receive.
    public sealed interface ConsumeResult {
        /// It begins paused.
        record Created(Consumer consumer) implements ConsumeResult {}

        /// It cannot be.
        ///
        /// @param at where in the receiver's capabilities
        record Refused(OrtcRefusal reason, String at) implements ConsumeResult {}
    }

    /// A router without tracks.
    ///
    /// @param speakers is told who has the floor
    public Router(RandomGenerator random, ActiveSpeaker.Sink speakers) {
        this.random = random;
        consumables = new ConsumableBuilder(RouterCapabilities.STANDARD, random);
        consumes = new ConsumeBuilder(random);
        speaker = new ActiveSpeaker(speakers);
        localSsrc = random.nextLong(1, 1L << 32);
    }

    /// Who we are in RTCP.
    public long localSsrc() {
        return localSsrc;
    }

    /// A track begins; the transport's [IncomingStreams] must be told too.
    ///
    /// @param id not in use
    /// @param cname of the person, the same for all their tracks, not empty
    public Producer produce(
            String id, ProduceCheck.Accepted track, String cname, Producer.Sink sink) {
        if (producers.containsKey(id)) {
            throw new IllegalStateException("producer " + id + " is there");
        }
        var consumable = consumables.build(track, cname);
        var producer = new Producer(id, track, consumable, localSsrc, sink);
        producers.put(id, producer);
        if (track.kind() == MediaKind.AUDIO) {
            voices.add(producer.voice());
            speaker.add(producer.voice());
        }
        return producer;
    }

    /// A track of another worker's router, to be consumed here; the one that is there already, if
    /// there is one. It ends with its last consumer.
    ///
    /// @param here the mailbox of this router's owner
    public Producer mirror(TrackLink link, RouterMailbox here) {
        var known = producers.get(link.id());
        if (known != null) {
            return known;
        }
        var producer = new Mirror(link, here, this::close).producer();
        producers.put(link.id(), producer);
        return producer;
    }

    /// Somebody wants a track.
    public ConsumeResult consume(
            String id,
            Producer producer,
            RtpCapabilities peer,
            ConsumeBuilder.Place place,
            Consumer.Sink sink,
            long nowNanos) {
        return switch (consumes.build(producer.consumable(), peer, place)) {
            case ConsumeCheck.Refused(OrtcRefusal reason, String at) -> {
                endIfIdle(producer);
                yield new ConsumeResult.Refused(reason, at);
            }
            case ConsumeCheck.Accepted accepted -> {
                var parameters = accepted.parameters();
                var consumer = new Consumer(id, producer, parameters, random, writer, sink);
                producer.add(consumer, nowNanos);
                yield new ConsumeResult.Created(consumer);
            }
        };
    }

    /// A track ends, and with it what others get of it.
    public void close(Producer producer) {
        producers.remove(producer.id(), producer);
        voices.remove(producer.voice());
        speaker.remove(producer.voice());
        for (var consumer : producer.consumers()) {
            producer.remove(consumer);
            consumer.onProducerClosed();
        }
        producer.feeds().close();
    }

    /// Somebody does not want a track any more.
    public void close(Consumer consumer) {
        consumer.pause();
        consumer.producer().remove(consumer);
        endIfIdle(consumer.producer());
    }

    /// A mirror that nobody looks into.
    private void endIfIdle(Producer producer) {
        if (producer.isMirror() && !producer.hasConsumers()) {
            producers.remove(producer.id(), producer);
            producer.end();
        }
    }

    /// The loudest voices, for meters.
    public List<AudioLevels.Entry> audioLevels(long nowNanos) {
        return AudioLevels.loudest(voices, nowNanos);
    }

    /// Does what has become due.
    public void advance(long nowNanos) {
        for (var producer : producers.values()) {
            producer.advance(nowNanos);
        }
        speaker.advance(nowNanos);
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        long next = speaker.nextDeadlineNanos();
        for (var producer : producers.values()) {
            next = Math.min(next, producer.nextDeadlineNanos());
        }
        return next;
    }
}
