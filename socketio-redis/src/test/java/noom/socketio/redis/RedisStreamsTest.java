// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.ClusterTimings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedisStreamsTest {
    private static final String CHANNEL = "socket.io#/room#";

    private RedisServer redis;
    private RedisStreams cluster;
    private RedisLink probe;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        redis = RedisServer.in(folder);
        cluster = RedisStreams.connect(redis.uri());
        probe = new RedisLink(redis.uri());
    }

    @AfterEach
    void stop() {
        probe.close();
        cluster.close();
        redis.close();
    }

    private void awaitListeners(long count) {
        while (listeners(CHANNEL) != count) {
            Thread.onSpinWait();
        }
    }

    private long listeners(String channel) {
        return probe.subscribers(channel)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void a_namespace_listens_while_it_is_there() {
        var io = new SocketIoServer(SocketIoConfig.defaults(), cluster);
        assertThat(listeners(CHANNEL)).isZero();

        var adapter = io.of("/room").adapter();
        awaitListeners(1);
        adapter.close();
        awaitListeners(0);

        new SocketIoServer(SocketIoConfig.defaults(), cluster).of("/room");
        awaitListeners(1);
    }

    @Test
    void a_namespace_that_ends_takes_nothing_from_its_successor() {
        var old = new SocketIoServer(SocketIoConfig.defaults(), cluster).of("/room").adapter();
        awaitListeners(1);
        new SocketIoServer(SocketIoConfig.defaults(), cluster).of("/room");
        old.close();
        new SocketIoServer(SocketIoConfig.defaults(), cluster).of("/later");
        while (listeners("socket.io#/later#") == 0) {
            Thread.onSpinWait();
        }

        assertThat(listeners(CHANNEL)).isEqualTo(1);
    }

    @Test
    void settings_of_nothing_are_refused() {
        var config = RedisStreamsConfig.DEFAULT;
        assertThatThrownBy(
                        () ->
                                new RedisStreamsConfig(
                                        "s",
                                        "c",
                                        "k",
                                        0,
                                        1,
                                        config.blockTime(),
                                        config.publishTimeout(),
                                        config.timings()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new RedisStreamsConfig(
                                        "s",
                                        "c",
                                        "k",
                                        1,
                                        1,
                                        Duration.ZERO,
                                        config.publishTimeout(),
                                        config.timings()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(config.withNames("a", "b").with(ClusterTimings.DEFAULT).streamName())
                .isEqualTo("a");
    }
}
