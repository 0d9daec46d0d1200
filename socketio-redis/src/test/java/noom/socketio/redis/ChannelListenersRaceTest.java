// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class ChannelListenersRaceTest {
    @Test
    void redis_sends_what_somebody_listens_to_and_nothing_else() {
        Races.model(OneChannel.class);
    }

    @Param(name = "listener", gen = IntGen.class, conf = "0:1")
    public static final class OneChannel {
        private static final String CHANNEL = "channel";

        private final AtomicBoolean isHeard = new AtomicBoolean();
        private final List<BiConsumer<String, byte[]>> known =
                List.of((_, _) -> isHeard.set(true), (_, _) -> isHeard.set(true));
        private final Told redis = new Told();
        private final ChannelListeners listeners = new ChannelListeners(redis);

        @Operation
        public void add(@Param(name = "listener") int listener) {
            listeners.add(CHANNEL, known.get(listener)).toCompletableFuture().join();
        }

        @Operation
        public void remove(@Param(name = "listener") int listener) {
            listeners.remove(CHANNEL, known.get(listener));
        }

        @Validate
        public void redisKnowsWhetherSomebodyListens() {
            isHeard.set(false);
            listeners.hear(CHANNEL, new byte[0]);
            if (isHeard.get() != redis.channels.contains(CHANNEL)) {
                throw new IllegalStateException("listening: " + isHeard + ", Redis: " + redis);
            }
        }
    }

    /// A Redis that does at once what it is told.
    private static final class Told implements ChannelListeners.Commands {
        private final Set<String> channels = ConcurrentHashMap.newKeySet();

        @Override
        public CompletionStage<Void> subscribe(String channel) {
            channels.add(channel);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Void> unsubscribe(String channel) {
            channels.remove(channel);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public String toString() {
            return channels.toString();
        }
    }
}
