// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the network does to a handshake, and how it is repaired (RFC 6347 section 4.2.4).
class DtlsLossTest {
    /// The record that the last flight of a handshake begins with.
    private static final byte CHANGE_CIPHER_SPEC = 20;

    private final HandshakeRig rig = HandshakeRig.ofGoodClient();

    private void assertConnects() {
        rig.start().runUntilConnected();
        assertThat(rig.keys).isNotEmpty().isEqualTo(rig.clientKeys());
        assertThat(rig.heard).containsExactly("connected");
    }

    @Test
    void a_lost_hello_is_sent_again() {
        rig.toServer = (index, _) -> index == 0 ? 0 : 1;

        assertConnects();

        assertThat(rig.fromClient.get(1)).isNotEqualTo(rig.fromClient.get(0));
    }

    @Test
    void a_lost_first_flight_of_the_server_is_sent_again() {
        rig.toClient = (index, _) -> index == 0 ? 0 : 1;

        assertConnects();

        assertThat(rig.fromServer).hasSizeGreaterThan(2);
    }

    @Test
    void a_lost_second_flight_of_the_client_is_sent_again() {
        rig.toServer = (index, _) -> index == 1 ? 0 : 1;

        assertConnects();

        assertThat(rig.fromClient).hasSizeGreaterThan(2);
    }

    /// The server is done by then: only because its thread goes on waiting does anyone answer.
    @Test
    void a_lost_finished_of_the_server_is_sent_again() {
        var lost = new ArrayList<byte[]>();
        rig.toClient =
                (_, datagram) -> {
                    boolean isFinished = datagram[0] == CHANGE_CIPHER_SPEC && lost.isEmpty();
                    return isFinished && lost.add(datagram) ? 0 : 1;
                };
        rig.start().runUntil(() -> rig.heard.contains("connected"));
        assertThat(rig.clientKeys()).isNull();

        rig.runUntilConnected();

        assertThat(lost).hasSize(1);
        assertThat(rig.keys).isEqualTo(rig.clientKeys());
    }

    @Test
    void a_flight_lost_three_times_is_sent_a_fourth_time() {
        rig.toClient = (index, _) -> index < 3 ? 0 : 1;

        assertConnects();
    }

    @Test
    void every_datagram_may_come_three_times() {
        rig.toServer = (_, _) -> 3;
        rig.toClient = (_, _) -> 3;

        assertConnects();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_third_may_be_lost_and_some_come_twice(long seed) {
        var dice = new Random(seed);
        rig.toServer = (index, _) -> index < 6 ? copies(dice) : 1;
        rig.toClient = (index, _) -> index < 6 ? copies(dice) : 1;

        assertConnects();
    }

    private static int copies(Random dice) {
        int roll = dice.nextInt(6);
        return roll < 2 ? 0 : roll == 5 ? 2 : 1;
    }

    @Test
    void garbage_between_the_flights_changes_nothing() {
        var dice = new Random(1);
        rig.toServer =
                (index, datagram) -> {
                    for (int i = 0; i < 10; i++) {
                        rig.deliver(noise(dice));
                        rig.deliver(bent(datagram, dice));
                    }
                    return 1;
                };

        assertConnects();
    }

    @Test
    void garbage_after_the_handshake_changes_nothing() {
        assertConnects();
        var dice = new Random(2);

        for (int i = 0; i < 50; i++) {
            rig.deliver(noise(dice));
            rig.deliver(bent(rig.fromClient.getLast(), dice));
        }
        rig.client.close();
        rig.runUntil(() -> rig.heard.contains("closed"));

        assertThat(rig.heard).containsExactly("connected", "closed");
    }

    private static byte[] noise(Random dice) {
        var bytes = new byte[1 + dice.nextInt(100)];
        dice.nextBytes(bytes);
        bytes[0] = (byte) (20 + dice.nextInt(44));
        return bytes;
    }

    /// Bits of the record header change: the rest of a plain flight is protected by nothing but the
    /// end of the handshake, so whoever can change it can stop it.
    private static byte[] bent(byte[] datagram, Random dice) {
        var bytes = datagram.clone();
        bytes[3 + dice.nextInt(2)] ^= (byte) (1 << (1 + dice.nextInt(7)));
        return bytes;
    }
}
