// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import noom.rtc.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The stand-in keeps the promises of the interface that the real one keeps.
class KeyExchangeStandInTest {
    private static final Fingerprint SERVER =
            Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {1});
    private static final Fingerprint CLIENT =
            Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {2});
    private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

    private static final class Side implements DtlsEndpoint.Sink {
        final List<ByteBuffer> sent = new ArrayList<>();
        final List<String> heard = new ArrayList<>();
        byte[] keys = {};

        @Override
        public void transmit(ByteBuffer datagram) {
            sent.add(datagram);
        }

        @Override
        public void onConnected(SrtpProfile profile, byte[] keyingMaterial) {
            heard.add("connected");
            keys = keyingMaterial.clone();
        }

        @Override
        public void onFailed(DtlsFailure reason) {
            heard.add("failed " + reason);
        }

        @Override
        public void onClosed() {
            heard.add("closed");
        }
    }

    private final Side server = new Side();
    private final Side client = new Side();
    private final Random random = new Random(1);

    private DtlsEndpoint open(SrtpProfile profile, Fingerprint expected) {
        return KeyExchangeStandIn.server(SERVER, profile, random).open(expected, server);
    }

    private KeyExchangeStandIn ask(SrtpProfile profile, Fingerprint expected) {
        return KeyExchangeStandIn.client(CLIENT, expected, profile, random, client, 0);
    }

    @ParameterizedTest
    @EnumSource
    void two_datagrams_give_both_the_same_keys_and_a_third_takes_leave(SrtpProfile profile) {
        var theirs = open(profile, CLIENT);
        var ours = ask(profile, SERVER);

        assertThat(theirs.receive(client.sent.getLast(), 0)).isTrue();
        assertThat(ours.receive(server.sent.getLast(), 0)).isTrue();

        assertThat(server.keys).hasSize(profile.exporterBytes()).isEqualTo(client.keys);
        ours.close();
        theirs.receive(client.sent.getLast(), 0);
        assertThat(server.heard).containsExactly("connected", "closed");
        assertThat(theirs.receive(client.sent.getLast(), 0)).isFalse();
    }

    @Test
    void what_is_lost_is_said_again() {
        var theirs = open(GCM, CLIENT);
        var ours = ask(GCM, SERVER);

        ours.advance(ours.nextDeadlineNanos());
        theirs.receive(client.sent.getLast(), 0);
        ours.advance(ours.nextDeadlineNanos());
        theirs.receive(client.sent.getLast(), 0);
        ours.receive(server.sent.getLast(), 0);

        assertThat(client.sent).hasSize(3);
        assertThat(server.keys).isEqualTo(client.keys).isNotEmpty();
        assertThat(server.heard).containsExactly("connected");
        assertThat(ours.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void the_wrong_one_gets_nothing_and_silence_ends() {
        var theirs = open(GCM, SERVER);
        var ours = ask(GCM, SERVER);

        theirs.receive(client.sent.getLast(), 0);
        ours.advance(KeyExchangeStandIn.LIMIT.toNanos());

        assertThat(server.sent).isEmpty();
        assertThat(server.heard).containsExactly("failed WRONG_FINGERPRINT");
        assertThat(client.heard).containsExactly("failed TIMED_OUT");
    }
}
