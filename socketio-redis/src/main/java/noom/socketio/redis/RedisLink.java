// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The few commands of Redis that a cluster takes, over three connections: one for commands, one
/// for channels, and one per stream, which waits there for the next entry.
///
/// Any thread may call. When Redis is away, commands wait and channels are subscribed again when it
/// is back; the readers go on after the last entry they have seen.
final class RedisLink implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("noom.socketio.redis");
    private static final RedisCodec<String, byte[]> CODEC =
            RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(2);

    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> commands;
    private final StatefulRedisPubSubConnection<String, byte[]> channels;
    private final ChannelListeners listeners = new ChannelListeners(new ChannelCommands());
    private final CountDownLatch closed = new CountDownLatch(1);

    /// An entry of a stream.
    record Entry(String id, Map<String, String> fields) {
        private static Entry of(StreamMessage<String, byte[]> message) {
            var fields = new HashMap<String, String>();
            message.getBody().forEach((name, value) -> fields.put(name, new String(value, UTF_8)));
            return new Entry(message.getId(), fields);
        }
    }

    /// Hears entries of a stream, one after the other, on the reader's own thread.
    @FunctionalInterface
    interface EntryListener {
        void hear(Entry entry);
    }

    /// @param uri for example `redis://127.0.0.1:6379`
    /// @throws RedisException when Redis is not there
    RedisLink(String uri) {
        resources =
                ClientResources.builder()
                        .reconnectDelay(
                                Delay.exponential(
                                        FIRST_RETRY, LAST_RETRY, 2, TimeUnit.MILLISECONDS))
                        .build();
        client = RedisClient.create(resources, uri);
        commands = client.connect(CODEC);
        channels = client.connectPubSub(CODEC);
        channels.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, byte[] payload) {
                        listeners.hear(channel, payload);
                    }
                });
    }

    /// Appends an entry; about `maxLength` are kept.
    ///
    /// @return the entry's id
    CompletionStage<String> append(String stream, Map<String, String> fields, long maxLength) {
        var body = new HashMap<String, byte[]>();
        fields.forEach((name, value) -> body.put(name, value.getBytes(UTF_8)));
        var args = XAddArgs.Builder.maxlen(maxLength).approximateTrimming();
        return commands.async().xadd(stream, args, body);
    }

    /// Whether this entry is (still) there.
    CompletionStage<Boolean> exists(String stream, String id) {
        return commands.async()
                .xrange(stream, Range.create(id, id))
                .thenApply(found -> !found.isEmpty());
    }

    /// The next entries after an id, at most `count`. Needs Redis 6.2.
    CompletionStage<List<Entry>> after(String stream, String id, int count) {
        var rest = Range.from(Range.Boundary.excluding(id), Range.Boundary.<String>unbounded());
        return commands.async()
                .xrange(stream, rest, Limit.from(count))
                .thenApply(messages -> messages.stream().map(Entry::of).toList());
    }

    /// Keeps a value for a while.
    CompletionStage<String> set(String key, String value, Duration life) {
        var args = SetArgs.Builder.px(life);
        return commands.async().set(key, value.getBytes(UTF_8), args);
    }

    /// Takes a value out; null if there is none.
    CompletionStage<String> take(String key) {
        return commands.async()
                .getdel(key)
                .thenApply(value -> value == null ? null : new String(value, UTF_8));
    }

    /// Sends to whoever listens now.
    CompletionStage<Long> publish(String channel, byte[] payload) {
        return commands.async().publish(channel, payload);
    }

    /// How many connections listen to a channel.
    CompletionStage<Long> subscribers(String channel) {
        return commands.async()
                .pubsubNumsub(channel)
                .thenApply(counts -> counts.getOrDefault(channel, 0L));
    }

    /// Who listens to which channel, on a thread of the Redis client.
    ChannelListeners listeners() {
        return listeners;
    }

    /// One connection sends all of them, in the order of the calls.
    private final class ChannelCommands implements ChannelListeners.Commands {
        @Override
        public CompletionStage<Void> subscribe(String channel) {
            return channels.async().subscribe(channel);
        }

        @Override
        public CompletionStage<Void> unsubscribe(String channel) {
            return channels.async().unsubscribe(channel);
        }
    }

    /// Hears every entry that is appended from now on, also those appended while Redis could not be
    /// reached from here.
    void follow(String stream, int readCount, Duration block, EntryListener listener) {
        var connection = client.connect(CODEC);
        String last = lastId(connection, stream);
        Thread.ofVirtual()
                .name("noom-redis-" + stream)
                .start(() -> read(connection, stream, last, readCount, block, listener));
    }

    /// The id after which entries are new: `$` would mean another one at each reconnect.
    private static String lastId(StatefulRedisConnection<String, byte[]> redis, String stream) {
        var newest = redis.sync().xrevrange(stream, Range.unbounded(), Limit.from(1));
        return newest.isEmpty() ? "0-0" : newest.getFirst().getId();
    }

    private void read(
            StatefulRedisConnection<String, byte[]> connection,
            String stream,
            String after,
            int readCount,
            Duration block,
            EntryListener listener) {
        String last = after;
        var args = XReadArgs.Builder.block(block).count(readCount);
        while (closed.getCount() > 0) {
            try {
                for (var message : next(connection, args, StreamOffset.from(stream, last))) {
                    last = message.getId();
                    tell(listener, Entry.of(message));
                }
            } catch (RedisException e) {
                LOG.log(System.Logger.Level.WARNING, "stream cannot be read: {0}", e.getMessage());
                rest();
            }
        }
        connection.close();
    }

    @SuppressWarnings("unchecked") // the array of one stream does not leave this call
    private static List<StreamMessage<String, byte[]>> next(
            StatefulRedisConnection<String, byte[]> connection,
            XReadArgs args,
            StreamOffset<String> after) {
        return connection.sync().xread(args, after);
    }

    private static void tell(EntryListener listener, Entry entry) {
        try {
            listener.hear(entry);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "entry " + entry.id() + " is passed over", e);
        }
    }

    private void rest() {
        try {
            var _ = closed.await(FIRST_RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        client.shutdown();
        var _ = resources.shutdown();
    }
}
