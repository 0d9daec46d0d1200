// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.List;
import java.util.function.BiConsumer;

/// Listens to channels from [#begin] to [#end], which may come meanwhile or even before.
///
/// Memory order: `isEnded` is set before the channels are left, and looked at after they were
/// entered; so whichever of the two comes last leaves them.
final class Listening {
    private final ChannelListeners listeners;
    private final List<String> channels;
    private final BiConsumer<String, byte[]> listener;
    private volatile boolean isEnded;

    Listening(
            ChannelListeners listeners,
            List<String> channels,
            BiConsumer<String, byte[]> listener) {
        this.listeners = listeners;
        this.channels = channels;
        this.listener = listener;
    }

    /// Returns when Redis knows; blocks while it is away.
    void begin() {
        for (var channel : channels) {
            listeners.add(channel, listener).toCompletableFuture().join();
        }
        if (isEnded) {
            leave();
        }
    }

    /// Returns at once.
    void end() {
        isEnded = true;
        leave();
    }

    private void leave() {
        channels.forEach(channel -> listeners.remove(channel, listener));
    }
}
