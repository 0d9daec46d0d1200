// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import noom.rtc.dtls.BrowserLikeClient.Offer;
import noom.rtc.srtp.SrtpProfile;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who gets keys, and who gets none.
class DtlsHandshakeTest {
    private static final Offer GOOD = Offer.of(HandshakeRig.THEIRS);

    @ParameterizedTest
    @EnumSource
    void both_ends_have_the_same_keys(SrtpProfile profile) {
        var rig = HandshakeRig.of(GOOD.withProfiles(List.of(profile))).start();

        rig.runUntilConnected();

        assertThat(rig.profile).isEqualTo(profile);
        assertThat(rig.keys).hasSize(profile.exporterBytes()).isEqualTo(rig.clientKeys());
        assertThat(rig.heard).containsExactly("connected");
    }

    @Test
    void the_profile_is_the_one_that_the_server_likes_best() {
        var rig = HandshakeRig.of(GOOD.withProfiles(BrowserLikeClient.CHROMIUM)).start();

        rig.runUntilConnected();

        assertThat(rig.profile).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
    }

    @Test
    void the_keys_are_overwritten_when_they_have_been_taken() {
        var rig = HandshakeRig.ofGoodClient().start();

        rig.runUntilConnected();

        assertThat(rig.borrowedKeys).containsOnly(0);
        assertThat(rig.keys).isNotEqualTo(rig.borrowedKeys);
    }

    @ParameterizedTest
    @EnumSource
    void the_fingerprint_may_be_longer(Fingerprint.Algorithm algorithm) {
        var expected = Fingerprint.of(algorithm, HandshakeRig.THEIRS.encoded());
        var server = HandshakeRig.server(HandshakeRig.LIMITS);
        var rig = new HandshakeRig(server, expected, GOOD).start();

        rig.runUntilConnected();

        assertThat(rig.keys).isEqualTo(rig.clientKeys());
    }

    @Test
    void another_certificate_than_signalled_gives_no_keys_to_anyone() {
        var somebody = DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH);
        var rig = HandshakeRig.of(Offer.of(somebody)).start();

        rig.runUntilFailed(DtlsFailure.WRONG_FINGERPRINT);
        rig.runUntil(rig::clientHasFailed);

        assertThat(rig.clientKeys()).isNull();
    }

    @Test
    void who_shows_no_certificate_gets_no_keys() {
        var rig = HandshakeRig.of(GOOD.withoutCertificate()).start();

        rig.runUntilFailed(DtlsFailure.NO_CERTIFICATE);
    }

    @Test
    void who_offers_no_srtp_gets_no_keys() {
        var rig = HandshakeRig.of(GOOD.withProfiles(List.of())).start();

        rig.runUntilFailed(DtlsFailure.NO_SRTP_PROFILE);
    }

    @Test
    void who_does_not_bind_keys_to_the_handshake_gets_none() {
        var rig = HandshakeRig.of(GOOD.withoutExtendedMasterSecret()).start();

        rig.runUntilFailed(DtlsFailure.NO_EXTENDED_MASTER_SECRET);
    }

    @Test
    void who_speaks_only_the_old_version_gets_no_keys() {
        var rig = HandshakeRig.of(GOOD.withVersion(ProtocolVersion.DTLSv10)).start();

        rig.runUntilFailed(DtlsFailure.WRONG_VERSION);
    }

    @Test
    void a_peer_that_was_told_of_another_certificate_gives_up_and_says_so() {
        var random = new SecureRandom();
        var another = DtlsCertificate.generate(random, Instant.EPOCH);
        var server = new DtlsServer(another, HandshakeRig.LIMITS, random);
        var rig = new HandshakeRig(server, HandshakeRig.THEIRS.fingerprint(), GOOD).start();

        rig.runUntilFailed(DtlsFailure.REFUSED_BY_PEER);

        assertThat(server.fingerprint()).isEqualTo(another.fingerprint());
    }

    @Test
    void a_hello_of_two_datagrams_is_put_together() {
        var rig = HandshakeRig.of(GOOD.withPadding(1_300)).start();

        rig.runUntilConnected();

        assertThat(rig.fromClient.get(0)).hasSizeGreaterThan(1_100);
        assertThat(RecordBounds.beginsWithClientHello(rig.fromClient.get(1))).isTrue();
        assertThat(rig.keys).isEqualTo(rig.clientKeys());
    }

    @Test
    void the_pieces_of_a_hello_may_come_in_any_order() {
        var rig = HandshakeRig.of(GOOD.withPadding(1_300));
        rig.toServer =
                (index, _) -> {
                    if (index == 1) {
                        rig.deliver(rig.fromClient.get(1));
                        rig.deliver(rig.fromClient.get(0));
                    }
                    return index < 2 ? 0 : 1;
                };

        rig.start().runUntilConnected();

        assertThat(rig.keys).isEqualTo(rig.clientKeys());
    }

    @Test
    void a_flight_is_one_datagram_that_any_path_carries() {
        var rig = HandshakeRig.ofGoodClient().start();

        rig.runUntilConnected();

        assertThat(rig.fromServer).allMatch(datagram -> datagram.length <= 1_200);
        assertThat(rig.fromServer.getFirst()).hasSizeGreaterThan(500);
    }

    @Test
    void nothing_tells_the_private_key() {
        var text = HandshakeRig.OURS.toString();

        assertThat(text).isEqualTo("DtlsCertificate[" + HandshakeRig.OURS.fingerprint() + "]");
    }
}
