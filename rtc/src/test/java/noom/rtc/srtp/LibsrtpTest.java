// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static noom.rtc.srtp.SrtpPeers.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Packets that libsrtp 2.5.0 sealed, which is what the browsers have inside: from master key to
/// tag, with two CSRCs and a header extension, across a rollover. The keying material counts from
/// zero, as [SrtpPeers] has it.
class LibsrtpTest {
    private static final String HEADER_REST =
            "01020304 deadbeef 00000001 00000002 bede0001 10ff0000";
    private static final byte[] PAYLOAD = hex("404142434445464748494a4b4c4d4e4f50515253");
    private static final byte[] RTCP = hex("81ce0002 deadbeef 0a0b0c0d");
    private static final int[] SEQS = {0x7ffe, 0xfffd, 0xfffe, 0xffff, 0x0000, 0x0001};

    private static final String[] GCM_SEALED = {
        "c89e4712f0a5f2e211e0abec72b3039ad7261c9066c1f7e5a2589afc9375c17f690095a4",
        "63e65f50038d91c9941df1682c98ac92c0fc1d91e486c1036a8b3e02dbecbc28c795a141",
        "216d0c9f83339f8cae32298cf141a8f595f64fa95d0bc3e3145c8d676cbb014f4debd718",
        "a67ddc4f64c17e279a5b994ac2f49c681a6c0c7906336eb9560779a39a8498391740631e",
        "9e876703fc27975a47e00ec295ef925a165f5809afae1631cfa161a707ad165bccb23b67",
        "c4c7211ed5f54f7e7dd1f945d0d2db6e9a37217d58c6d9ab8d217c5726a161a2f4fca18f",
    };
    private static final String[] GCM_RTCP_SEALED = {
        "81ce0002deadbeef5e7c00d3d9e2dc95d8e07c8c729e80ae5c1b86bd80000001",
        "81ce0002deadbeefab27d73dac9a1ee2eabdb935617cf8d9e815979b80000002",
    };
    private static final String[] CM_SEALED = {
        "a4d5d2a06ff34058f6b47c69042519f9e8387d03ea77e4d5da7c83452ce4",
        "59045afda71e4935935f000506096de65a0136225dcc7b2b6f358d98058b",
        "525e48d68767d07536ad921982cf7ab0e07828ecf7b8cfe5cccaed0cea4f",
        "0f9d6dfd18857dec71ba6a0424bd6408db0c45c1c7398a313a894ec5f160",
        "5444d55e40779a7289fde380b9566bf5359844d71036a9e15f027d6196b9",
        "088eef020157217393898fbc839f83d3e9be36aad32640f97b51da821cda",
    };
    private static final String[] CM_RTCP_SEALED = {
        "81ce0002deadbeef0906ca0880000001e897d0a19ea5cc7a861a",
        "81ce0002deadbeefed163f6880000002f42cb2f11062daeb0944",
    };

    @ParameterizedTest
    @EnumSource
    void rtp_is_sealed_byte_for_byte(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        for (int i = 0; i < SEQS.length; i++) {
            assertThat(peers.protectRtp(plain(SEQS[i]))).isEqualTo(sealed(profile, i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rtp_is_opened(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        for (int i = 0; i < SEQS.length; i++) {
            assertThat(peers.unprotectRtp(sealed(profile, i))).isEqualTo(plain(SEQS[i]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void rtcp_is_sealed_byte_for_byte_and_opened(SrtpProfile profile) {
        var peers = SrtpPeers.beforeRtcp(profile, 1);

        for (var sealed : rtcpSealed(profile)) {
            assertThat(peers.protectRtcp(RTCP)).isEqualTo(hex(sealed));
            assertThat(peers.unprotectRtcp(hex(sealed))).isEqualTo(RTCP);
        }
    }

    @Test
    void the_server_protects_with_its_own_keys() {
        var peers = new SrtpPeers(SrtpProfile.AEAD_AES_128_GCM);
        var into = new byte[100];
        byte[] plain = plain(SEQS[0]);

        int bytes = peers.server.sender().protectRtp(plain, 0, plain.length, into, 0);

        assertThat(HexFormat.of().formatHex(into)).doesNotContain(GCM_SEALED[0]);
        assertThat(peers.server.receiver().unprotectRtp(into, 0, bytes, into, 0))
                .isEqualTo(SrtpReceiver.REFUSED);
        assertThat(peers.client.receiver().unprotectRtp(into, 0, bytes, into, 0))
                .isEqualTo(plain.length);
        assertThat(into).startsWith(plain);
    }

    private static byte[] plain(int seq) {
        return concat(header(seq), PAYLOAD);
    }

    private static byte[] sealed(SrtpProfile profile, int i) {
        var bodies =
                switch (profile) {
                    case AEAD_AES_128_GCM -> GCM_SEALED;
                    case AES128_CM_HMAC_SHA1_80 -> CM_SEALED;
                };
        return concat(header(SEQS[i]), hex(bodies[i]));
    }

    private static String[] rtcpSealed(SrtpProfile profile) {
        return switch (profile) {
            case AEAD_AES_128_GCM -> GCM_RTCP_SEALED;
            case AES128_CM_HMAC_SHA1_80 -> CM_RTCP_SEALED;
        };
    }

    private static byte[] header(int seq) {
        return hex("92e0 %04x %s".formatted(seq, HEADER_REST));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
