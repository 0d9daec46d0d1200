// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import noom.socketio.engine.AdmissionLimits;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.Timings;
import noom.socketio.protocol.PacketLimits;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Every setting of a server at the edge of its range, and one past it.
class SettingsTest {
    private static final Duration LEAST = Duration.ofNanos(1);
    private static final EventRate RATE = EventRate.UNLIMITED;

    private static void refused(ThrowingCallable construction) {
        assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_smallest_limits_are_taken() {
        assertThatCode(() -> new SocketLimits(1, 1, 1, LEAST, LEAST, 1, 1, 1, 1, RATE))
                .doesNotThrowAnyException();
        assertThatCode(() -> new EventRate(Double.MIN_VALUE, 1, 1, LEAST))
                .doesNotThrowAnyException();
        assertThatCode(() -> new PacketLimits(0, 1, 1)).doesNotThrowAnyException();
        assertThatCode(() -> SocketIoConfig.defaults().withConnectTimeout(LEAST))
                .doesNotThrowAnyException();
    }

    @Test
    void socket_limits_of_nothing_are_refused_one_by_one() {
        var some = new SocketLimits(1, 1, 1, LEAST, LEAST, 1, 1, 1, 1, RATE);
        refused(() -> some.withMaxRooms(0));
        refused(() -> some.withMaxNamespaces(0));
        refused(() -> some.withMaxPendingAcks(0));
        refused(() -> some.withAckTimeout(Duration.ZERO));
        refused(() -> some.withAttachmentTimeout(Duration.ZERO));
        refused(() -> some.withMaxQueuedEvents(0));
        refused(() -> some.withVolatileMark(0, 1));
        refused(() -> some.withVolatileMark(1, 0));
        refused(() -> some.withMaxQueuedBytes(0));
    }

    @Test
    void event_rates_of_nothing_are_refused_one_by_one() {
        refused(() -> new EventRate(0, 1, 1, LEAST));
        refused(() -> new EventRate(-1, 1, 1, LEAST));
        refused(() -> new EventRate(Double.NaN, 1, 1, LEAST));
        refused(() -> new EventRate(1, 0, 1, LEAST));
        refused(() -> new EventRate(1, 1, 0, LEAST));
        refused(() -> new EventRate(1, 1, 1, Duration.ZERO));
    }

    @Test
    void packet_limits_and_the_connect_timeout_have_a_range_too() {
        refused(() -> new PacketLimits(-1, 1, Long.MAX_VALUE));
        refused(() -> new PacketLimits(0, 0, Long.MAX_VALUE));
        refused(() -> new PacketLimits(0, 1, 0));
        refused(() -> SocketIoConfig.defaults().withConnectTimeout(Duration.ZERO));
        refused(() -> SocketIoConfig.defaults().withMaxUnconnected(0));
        refused(() -> SocketIoConfig.defaults().withPing(Duration.ZERO, LEAST));
        refused(() -> SocketIoConfig.defaults().withMaxPayloadBytes(0));
        refused(() -> SocketIoConfig.defaults().withPath("chat"));
    }

    @Test
    void the_defaults_are_the_official_ones() {
        var config = SocketIoConfig.defaults();

        assertThat(config.engine()).isEqualTo(EngineConfig.defaults().withPath("/socket.io/"));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.packets()).isEqualTo(new PacketLimits(10, 64, Long.MAX_VALUE));
        assertThat(config.maxUnconnected()).isEqualTo(Integer.MAX_VALUE);
        assertThat(config.engine().admission()).isEqualTo(AdmissionLimits.UNLIMITED);
        assertThat(config.sockets().maxRooms()).isEqualTo(Integer.MAX_VALUE);
        assertThat(config.sockets().eventRate().eventsPerSecond()).isInfinite();
        assertThat(new SocketIoServer().config()).isEqualTo(config);
    }

    @Test
    void each_change_leaves_everything_else_as_it_was() {
        var base = SocketIoConfig.defaults();
        var packets = new PacketLimits(3, 5, 7);
        var rate = new EventRate(1, 2, 3, LEAST);
        var sockets =
                SocketLimits.DEFAULT
                        .withMaxRooms(1)
                        .withMaxNamespaces(2)
                        .withMaxPendingAcks(3)
                        .withAckTimeout(LEAST)
                        .withAttachmentTimeout(Duration.ofNanos(2))
                        .withMaxQueuedEvents(4)
                        .withMaxQueuedBytes(5)
                        .withVolatileMark(6, 7)
                        .withEventRate(rate);
        var second = Duration.ofSeconds(1);

        var changed =
                base.with(packets)
                        .with(sockets)
                        .withConnectTimeout(second)
                        .withMaxUnconnected(5)
                        .withPing(second, LEAST)
                        .withPath("/chat")
                        .withMaxPayloadBytes(77);

        assertThat(changed.packets()).isEqualTo(packets);
        assertThat(changed.sockets())
                .isEqualTo(new SocketLimits(1, 2, 3, LEAST, Duration.ofNanos(2), 4, 5, 6, 7, rate));
        assertThat(changed.maxUnconnected()).isEqualTo(5);
        assertThat(changed.connectTimeout()).isEqualTo(second);
        assertThat(changed.engine().timings())
                .isEqualTo(new Timings(second, LEAST, Timings.DEFAULT.upgradeTimeout()));
        assertThat(changed.engine().path()).isEqualTo("/chat/");
        assertThat(changed.engine().input().maxPayloadBytes()).isEqualTo(77);
        assertThat(changed.engine().input().maxFragments())
                .isEqualTo(base.engine().input().maxFragments());
        assertThat(changed.engine().output()).isEqualTo(base.engine().output());
        assertThat(changed.engine().access()).isEqualTo(base.engine().access());
        assertThat(base).isEqualTo(SocketIoConfig.defaults());
    }

    @Test
    void origins_and_cors_are_rules_of_their_own() {
        var config =
                SocketIoConfig.defaults()
                        .withOrigins((origin, host) -> origin.endsWith(host))
                        .withCors("http://friend.example"::equals);
        var access = config.engine().access();

        assertThat(access.origins().test("http://a", "a")).isTrue();
        assertThat(access.origins().test("http://a", "b")).isFalse();
        assertThat(access.readableBy().test("http://friend.example")).isTrue();
        assertThat(access.readableBy().test("http://a")).isFalse();
    }
}
