// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static noom.rtc.srtp.SrtpPeers.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The test vectors of AEAD_AES_128_GCM in RFC 7714, sections 16 and 17. They begin with session
/// keys, and their packets are those that the subsections really seal.
@ParameterizedClass
@MethodSource("noom.rtc.srtp.SrtpPeers#gcms")
class Rfc7714Test {
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;
    private static final byte[] KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] SALT = hex("517569642070726f2071756f");
    private static final int SSRC = 0x5501a0b2;
    private static final int SEQ = 0xf17b;
    private static final int RTCP_INDEX = 0x5d4;

    private static final byte[] RTP =
            hex(
                    """
                    8040f17b 8041f8d3 5501a0b2
                    47616c6c 69612065 7374206f 6d6e6973 20646976
                    69736120 696e2070 61727465 73207472 6573
                    """);
    private static final byte[] SRTP =
            hex(
                    """
                    8040f17b 8041f8d3 5501a0b2
                    f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5
                    0d294e6f 42a5f47a 51c7d19b 36de3adf 8833
                    899d7f27 beb16a91 52cf765e e4390cce
                    """);
    private static final byte[] RTP_TAG_ONLY = hex("22493f82d2bce397e9d79e3b19aa4216");

    private static final byte[] RTCP =
            hex(
                    """
                    81c8000d 4d617273 4e545031 4e545032 52545020 0000042a
                    0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef
                    """);
    private static final byte[] SRTCP =
            hex(
                    """
                    81c8000d 4d617273 63e94885 dcdab67c a727d766 2f6b7e99
                    7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b
                    c84aa458 96cf4d2f c5abf872 45d9eade 800005d4
                    """);
    private static final byte[] SRTCP_TAG_ONLY =
            hex(
                    """
                    81c8000d 4d617273 4e545031 4e545032 52545020 0000042a
                    0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef
                    841dd968 3dd78ec9 2ae58790 125f62b3 000005d4
                    """);

    private final AesGcm gcm;
    private final SrtpSender sender;
    private final SrtpReceiver receiver;

    Rfc7714Test(AesGcm gcm) {
        this.gcm = gcm;
        sender = new SrtpSender(PROFILE, seals(), new SsrcTable(), RTCP_INDEX);
        receiver = new SrtpReceiver(PROFILE, seals(), new SsrcTable());
    }

    @Test
    void seals_rtp_as_in_16_1_1() {
        var into = new byte[SRTP.length];

        assertThat(sender.protectRtp(RTP, 0, RTP.length, into, 0)).isEqualTo(SRTP.length);

        assertThat(into).isEqualTo(SRTP);
    }

    @Test
    void opens_rtp_as_in_16_1_2() {
        var into = new byte[RTP.length];

        assertThat(receiver.unprotectRtp(SRTP, 0, SRTP.length, into, 0)).isEqualTo(RTP.length);

        assertThat(into).isEqualTo(RTP);
    }

    @Test
    void tags_rtp_that_stays_readable_as_in_16_1_3_and_16_1_4() {
        var tagged = Arrays.copyOf(RTP, RTP.length + AeadGcmSeal.TAG_BYTES);
        var passage =
                new Passage()
                        .between(tagged, 0, tagged, 0)
                        .split(RTP.length, RTP.length, RTP.length)
                        .number(SSRC, SEQ, 0);

        gcm.seal(KEY, SALT, false).seal(passage);

        assertThat(tagged).startsWith(RTP).endsWith(RTP_TAG_ONLY);
        assertThat(gcm.seal(KEY, SALT, false).open(passage)).isTrue();
    }

    @Test
    void seals_rtcp_as_in_17_1() {
        var into = new byte[SRTCP.length];

        assertThat(sender.protectRtcp(RTCP, 0, RTCP.length, into, 0)).isEqualTo(SRTCP.length);

        assertThat(into).isEqualTo(SRTCP);
    }

    @Test
    void opens_rtcp_of_17_1() {
        var into = new byte[RTCP.length];

        assertThat(receiver.unprotectRtcp(SRTCP, 0, SRTCP.length, into, 0)).isEqualTo(RTCP.length);

        assertThat(into).isEqualTo(RTCP);
    }

    @Test
    void takes_rtcp_that_is_tagged_but_readable_as_in_17_3() {
        var into = new byte[RTCP.length];

        assertThat(receiver.unprotectRtcp(SRTCP_TAG_ONLY, 0, SRTCP_TAG_ONLY.length, into, 0))
                .isEqualTo(RTCP.length);

        assertThat(into).isEqualTo(RTCP);
    }

    @Test
    void an_encrypted_packet_does_not_pass_for_a_readable_one() {
        var readable = SRTCP.clone();
        readable[readable.length - 4] &= 0x7F;
        var encrypted = SRTCP_TAG_ONLY.clone();
        encrypted[encrypted.length - 4] |= (byte) 0x80;

        for (var packet : new byte[][] {readable, encrypted}) {
            var into = new byte[RTCP.length];

            assertThat(receiver.unprotectRtcp(packet, 0, packet.length, into, 0))
                    .isEqualTo(SrtpReceiver.REFUSED);

            assertThat(receiver.refusal()).isEqualTo(SrtpDrop.AUTH_FAILED);
            assertThat(into).containsOnly(0);
        }
    }

    private PacketSeals seals() {
        return new PacketSeals(gcm.seal(KEY, SALT, false), gcm.seal(KEY, SALT, true));
    }
}
