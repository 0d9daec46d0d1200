// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import noom.socketio.adapter.ClusterMessage.Broadcast;
import noom.socketio.adapter.LocalSockets;
import noom.socketio.adapter.SessionStore;
import noom.socketio.adapter.StoredSession;
import org.jspecify.annotations.Nullable;

/// Sessions of lost clients in Redis, under their secrets; what they missed is in the stream. So a
/// client may come back to another server than it was lost by.
final class RedisSessions implements SessionStore {
    private static final Pattern OFFSET = Pattern.compile("\\d{1,20}-\\d{1,20}");
    private static final int ENTRIES_AT_ONCE = 1_000;

    private final String namespace;
    private final LocalSockets sockets;
    private final RedisLink link;
    private final RedisStreamsConfig config;

    RedisSessions(
            String namespace, LocalSockets sockets, RedisLink link, RedisStreamsConfig config) {
        this.namespace = namespace;
        this.sockets = sockets;
        this.link = link;
        this.config = config;
    }

    @Override
    public void persist(StoredSession session, long nowNanos) {
        var life = sockets.recovery().window();
        var _ = link.set(key(session.pid()), ClusterCodec.toText(session), life);
    }

    @Override
    public CompletableFuture<Optional<StoredSession>> claim(
            String pid, String offset, long nowNanos) {
        if (!OFFSET.matcher(offset).matches()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return link.take(key(pid))
                .thenApply(text -> Optional.ofNullable(text).flatMap(ClusterCodec::fromText))
                .toCompletableFuture();
    }

    @Override
    public CompletableFuture<Optional<List<List<@Nullable Object>>>> missed(
            StoredSession session, String offset) {
        return link.exists(config.streamName(), offset)
                .thenCompose(
                        isThere ->
                                isThere
                                        ? collect(session, offset, new ArrayList<>())
                                        : CompletableFuture.completedFuture(Optional.empty()))
                .toCompletableFuture();
    }

    private CompletableFuture<Optional<List<List<@Nullable Object>>>> collect(
            StoredSession session, String after, List<List<@Nullable Object>> missed) {
        return link.after(config.streamName(), after, ENTRIES_AT_ONCE)
                .toCompletableFuture()
                .thenCompose(
                        entries -> {
                            entries.forEach(entry -> take(session, entry, missed));
                            if (missed.size() > sockets.recovery().maxPackets()) {
                                return CompletableFuture.completedFuture(Optional.empty());
                            }
                            return entries.size() < ENTRIES_AT_ONCE
                                    ? CompletableFuture.completedFuture(Optional.of(missed))
                                    : collect(session, entries.getLast().id(), missed);
                        });
    }

    private void take(
            StoredSession session, RedisLink.Entry entry, List<List<@Nullable Object>> missed) {
        if (!namespace.equals(ClusterCodec.namespace(entry.fields()))) {
            return;
        }
        var message = ClusterCodec.fromFields(entry.fields());
        if (message.isPresent()
                && message.get().message() instanceof Broadcast broadcast
                && !broadcast.flags().isVolatile()
                && broadcast.selection().includes(session.rooms())) {
            var data = new ArrayList<>(broadcast.packet().data());
            data.add(entry.id());
            missed.add(data);
        }
    }

    private String key(String pid) {
        return config.sessionKeyPrefix() + pid;
    }
}
