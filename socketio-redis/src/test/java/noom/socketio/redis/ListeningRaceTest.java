// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

class ListeningRaceTest {
    @Test
    void who_ends_listening_while_it_begins_hears_nothing_in_the_end() {
        Races.model(OneNode.class);
    }

    public static final class OneNode {
        private final Set<String> heard = ConcurrentHashMap.newKeySet();
        private final AtomicBoolean isBegun = new AtomicBoolean();
        private final AtomicBoolean isEnded = new AtomicBoolean();
        private final Listening listening =
                new Listening(
                        new ChannelListeners(new Told()), List.of("all", "own"), (_, _) -> {});

        @Operation(runOnce = true)
        public void begin() {
            listening.begin();
            isBegun.set(true);
        }

        @Operation(runOnce = true)
        public void end() {
            isEnded.set(true);
            listening.end();
        }

        @Validate
        public void hearsAllOrNothing() {
            int expected = isBegun.get() && !isEnded.get() ? 2 : 0;
            if (heard.size() != expected) {
                throw new IllegalStateException("ended: " + isEnded + ", listens to " + heard);
            }
        }

        /// A Redis that does at once what it is told.
        private final class Told implements ChannelListeners.Commands {
            @Override
            public CompletionStage<Void> subscribe(String channel) {
                heard.add(channel);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletionStage<Void> unsubscribe(String channel) {
                heard.remove(channel);
                return CompletableFuture.completedFuture(null);
            }
        }
    }
}
