// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.dtls.BrowserLikeClient.Offer;
import noom.rtc.wire.BigEndian;
import org.bouncycastle.tls.ContentType;
import org.junit.jupiter.api.Test;

/// How an endpoint begins, ends and keeps its limits.
class DtlsEndpointTest {
    private static final Offer GOOD = Offer.of(HandshakeRig.THEIRS);
    private static final long LIMIT_NANOS = HandshakeRig.LIMITS.handshakeLimit().toNanos();

    private static HandshakeRig rigOf(DtlsServer server) {
        return new HandshakeRig(server, HandshakeRig.THEIRS.fingerprint(), GOOD);
    }

    @Test
    void a_goodbye_of_the_peer_is_heard_and_answered() {
        var rig = HandshakeRig.ofGoodClient().start();
        rig.runUntilConnected();
        int before = rig.fromServer.size();

        rig.client.close();
        rig.runUntil(() -> rig.heard.contains("closed") && rig.clientHasEnded());

        assertThat(rig.heard).containsExactly("connected", "closed");
        assertThat(rig.fromServer).hasSize(before + 1);
        assertThat(rig.endpoint.receive(ByteBuffer.wrap(rig.fromClient.getLast()), 0)).isFalse();
    }

    @Test
    void a_goodbye_of_ours_reaches_the_peer_and_nothing_comes_after_it() {
        var rig = HandshakeRig.ofGoodClient().start();
        rig.runUntilConnected();

        rig.endpoint.close();
        rig.endpoint.close();
        rig.runUntil(rig::clientHasEnded);

        assertThat(rig.heard).containsExactly("connected");
        assertThat(rig.endpoint.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void closed_in_the_middle_it_ends_without_a_word_to_the_sink() {
        var rig = HandshakeRig.ofGoodClient();
        rig.toClient = (_, _) -> 0;
        rig.start().runUntil(() -> !rig.fromServer.isEmpty());

        rig.endpoint.close();
        rig.toClient = (_, _) -> 1;
        rig.runUntil(rig::clientHasFailed);
        rig.runUntilNoneRuns();

        assertThat(rig.heard).isEmpty();
    }

    @Test
    void it_waits_for_ever_for_the_first_datagram_and_then_has_a_limit() {
        var rig = HandshakeRig.ofGoodClient();
        rig.endpoint.advance(rig.nowNanos + 100 * LIMIT_NANOS);
        assertThat(rig.heard).isEmpty();
        assertThat(rig.endpoint.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        rig.toClient = (_, _) -> 0;
        rig.start().runUntil(() -> !rig.fromServer.isEmpty());
        assertThat(rig.endpoint.nextDeadlineNanos()).isEqualTo(rig.nowNanos + LIMIT_NANOS);

        rig.endpoint.advance(rig.nowNanos + LIMIT_NANOS - 1);
        assertThat(rig.heard).isEmpty();
        rig.endpoint.advance(rig.nowNanos + LIMIT_NANOS);

        rig.runUntilFailed(DtlsFailure.TIMED_OUT);
        rig.runUntilNoneRuns();
    }

    @Test
    void after_the_keys_there_is_no_limit() {
        var rig = HandshakeRig.ofGoodClient().start();
        rig.runUntilConnected();

        rig.endpoint.advance(rig.nowNanos + 100 * LIMIT_NANOS);

        assertThat(rig.heard).containsExactly("connected");
        assertThat(rig.endpoint.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        rig.runUntilNoneRuns();
    }

    @Test
    void as_many_as_allowed_run_as_many_wait_and_one_more_is_refused() {
        var limits = new DtlsLimits(1, 1, Duration.ofSeconds(30), 64);
        var server = HandshakeRig.server(limits);
        var first = rigOf(server);
        first.toClient = (_, _) -> 0;
        first.start().runUntil(() -> !first.fromServer.isEmpty());
        var second = rigOf(server);
        second.start().runUntil(() -> server.waitingCount() == 1);
        assertThat(server.runningCount()).isEqualTo(1);

        var third = rigOf(server);
        third.start().runUntilFailed(DtlsFailure.BUSY);

        assertThat(server.refusedCount()).isEqualTo(1);
        assertThat(second.fromServer).isEmpty();
        first.toClient = (_, _) -> 1;
        first.runUntilConnected();
        second.runUntilConnected();
        assertThat(second.keys).isEqualTo(second.clientKeys());
        second.runUntilNoneRuns();
    }

    @Test
    void who_waits_for_a_place_too_long_gives_it_up() {
        var server = HandshakeRig.server(new DtlsLimits(1, 1, Duration.ofSeconds(30), 64));
        var first = rigOf(server);
        first.toClient = (_, _) -> 0;
        first.start().runUntil(() -> !first.fromServer.isEmpty());
        var second = rigOf(server);
        second.start().runUntil(() -> server.waitingCount() == 1);

        second.endpoint.advance(second.nowNanos + LIMIT_NANOS);

        second.runUntilFailed(DtlsFailure.TIMED_OUT);
        assertThat(server.waitingCount()).isZero();
        assertThat(server.runningCount()).isEqualTo(1);
        first.endpoint.close();
        first.runUntilNoneRuns();
    }

    @Test
    void as_many_datagrams_as_allowed_are_queued_and_one_more_is_dropped() {
        var server = HandshakeRig.server(new DtlsLimits(1, 1, Duration.ofSeconds(30), 3));
        var first = rigOf(server);
        first.toClient = (_, _) -> 0;
        first.start().runUntil(() -> !first.fromServer.isEmpty());
        var hello = first.fromClient.getFirst();
        var waiting = rigOf(server);

        var taken = new ArrayList<Boolean>();
        for (int i = 0; i < 4; i++) {
            taken.add(waiting.endpoint.receive(ByteBuffer.wrap(hello), 0));
        }

        assertThat(taken).isEqualTo(List.of(true, true, true, false));
        waiting.endpoint.close();
        first.endpoint.close();
        first.runUntilNoneRuns();
    }

    @Test
    void a_datagram_may_be_as_long_as_the_limit_and_no_longer() {
        var rig = HandshakeRig.ofGoodClient().start();
        rig.runUntilConnected();

        assertThat(rig.endpoint.receive(record(DtlsEndpoint.MAX_DATAGRAM_BYTES), 0)).isTrue();
        assertThat(rig.endpoint.receive(record(DtlsEndpoint.MAX_DATAGRAM_BYTES + 1), 0)).isFalse();
    }

    private static ByteBuffer record(int lengthBytes) {
        var bytes = new byte[lengthBytes];
        bytes[0] = 23;
        BigEndian.put16(bytes, 11, lengthBytes - RecordBounds.RECORD_HEADER_BYTES);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void only_a_hello_begins_a_handshake() {
        var server = HandshakeRig.server(HandshakeRig.LIMITS);
        var rig = rigOf(server);

        assertThat(rig.endpoint.receive(record(100), 0)).isFalse();
        assertThat(rig.endpoint.receive(ByteBuffer.wrap(new byte[0]), 0)).isFalse();
        assertThat(rig.endpoint.receive(ByteBuffer.wrap(new byte[] {22, 1, 2}), 0)).isFalse();

        assertThat(server.runningCount()).isZero();
        assertThat(rig.endpoint.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void what_is_borrowed_is_neither_written_nor_read_later() {
        var rig = HandshakeRig.ofGoodClient();
        rig.toServer =
                (_, datagram) -> {
                    var slab = ByteBuffer.allocate(datagram.length + 20);
                    slab.position(7).put(datagram).flip().position(7);
                    var before = slab.array().clone();
                    rig.endpoint.receive(slab, rig.nowNanos);
                    assertThat(slab.array()).isEqualTo(before);
                    assertThat(slab.position()).isEqualTo(7);
                    slab.clear().put(new byte[slab.capacity()]);
                    return 0;
                };

        rig.start().runUntilConnected();

        assertThat(rig.keys).isEqualTo(rig.clientKeys());
    }

    /// A hello of a new handshake on the old association (RFC 5746 is not there to be used).
    @Test
    void a_new_handshake_after_the_keys_is_not_answered() {
        var rig = HandshakeRig.ofGoodClient().start();
        rig.runUntilConnected();
        int before = rig.fromServer.size();

        rig.deliver(rig.fromClient.getFirst());
        rig.client.close();
        rig.runUntil(() -> rig.heard.contains("closed"));

        // The last flight may come again before it, if the client was impatient.
        assertThat(rig.fromServer.stream().skip(before))
                .filteredOn(datagram -> datagram[0] != ContentType.change_cipher_spec)
                .as("the goodbye alone")
                .singleElement()
                .satisfies(datagram -> assertThat(datagram[0]).isEqualTo((byte) ContentType.alert));
        rig.runUntilNoneRuns();
    }
}
