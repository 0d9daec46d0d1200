// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Who listens to which channel of Redis, at most one for each. Any thread may call.
///
/// Memory order: a listener changes, and Redis is told of it, inside `compute` of the channel,
/// and Redis hears what it is told in the order of the calls. So in the end it sends a
/// channel's messages exactly if there is a listener, even if one ends while the next one
/// begins.
final class ChannelListeners {
    private final Map<String, BiConsumer<String, byte[]>> listeners = new ConcurrentHashMap<>();
    private final Commands commands;

    /// What Redis is told; takes effect in the order of the calls, and waits for nothing.
    interface Commands {
        CompletionStage<Void> subscribe(String channel);

        CompletionStage<Void> unsubscribe(String channel);
    }

    ChannelListeners(Commands commands) {
        this.commands = commands;
    }

    /// Begins to listen, in place of whoever does.
    ///
    /// @return completed when Redis knows
    CompletionStage<Void> add(String channel, BiConsumer<String, byte[]> listener) {
        var told = new CompletableFuture<CompletionStage<Void>>();
        listeners.compute(
                channel,
                (_, _) -> {
                    told.complete(commands.subscribe(channel));
                    return listener;
                });
        return told.join();
    }

    /// Ends what [#add] began, unless somebody else listens to the channel by now.
    void remove(String channel, BiConsumer<String, byte[]> listener) {
        listeners.computeIfPresent(
                channel,
                (_, known) -> {
                    if (!known.equals(listener)) {
                        return known;
                    }
                    var _ = commands.unsubscribe(channel);
                    return null;
                });
    }

    /// A message came.
    void hear(String channel, byte[] payload) {
        var listener = listeners.get(channel);
        if (listener != null) {
            listener.accept(channel, payload);
        }
    }
}
