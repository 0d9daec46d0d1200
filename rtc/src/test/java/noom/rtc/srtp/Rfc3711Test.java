// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static noom.rtc.srtp.SrtpPeers.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// The test vectors of RFC 3711, appendix B.
class Rfc3711Test {
    private static final byte[] MASTER_KEY = hex("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static final byte[] MASTER_SALT = hex("0EC675AD498AFEEBB6960B3AABE6");
    private static final byte[] SESSION_SALT = hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD");

    private final AesCounterMode aes = counterMode("2B7E151628AED2A6ABF7158809CF4F3C");

    @Test
    void the_key_stream_begins_as_in_b2() {
        byte[] stream = keyStream(3 * 16);

        assertThat(stream)
                .isEqualTo(
                        hex(
                                """
                                E03EAD0935C95E80E166B16DD92B4EB4
                                D23513162B02D0F72A43A2FE4A5F97AB
                                41E95B3BB0A2E8DD477901E4FCA894C0
                                """));
    }

    @Test
    void the_key_stream_ends_as_in_b2() {
        int at = 0xFEFF * 16;

        byte[] stream = keyStream(at + 3 * 16);

        assertThat(Arrays.copyOfRange(stream, at, stream.length))
                .isEqualTo(
                        hex(
                                """
                                EC8CDF7398607CB0F2D21675EA9EA1E4
                                362B7C3C6773516318A077D7FC5073AE
                                6A2CC3787889374FBEB4C81B17BA6C44
                                """));
    }

    @Test
    void the_session_keys_are_those_of_b3() {
        try (var derivation = ofMaster(MASTER_KEY, MASTER_SALT)) {
            assertThat(derivation.derive(PacketSeals.LABEL_RTP, 16))
                    .isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
            assertThat(derivation.derive(PacketSeals.LABEL_SALT, 14))
                    .isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
            assertThat(derivation.derive(PacketSeals.LABEL_AUTHENTICATION, 94))
                    .isEqualTo(
                            hex(
                                    """
                                    CEBE321F6FF7716B6FD4AB49AF256A15
                                    6D38BAA48F0A0ACF3C34E2359E6CDBCE
                                    E049646C43D9327AD175578EF7227098
                                    6371C10C9A369AC2F94A8C5FBCDDDC25
                                    6D6E919A48B610EF17C2041E47403576
                                    6B68642C59BBFC2F34DB60DBDFB2
                                    """));
        }
    }

    @Test
    void a_packet_under_the_keys_of_b3_is_sealed_as_libsrtp_documents_it() {
        var sender = senderOfMaster(0);
        byte[] plain = hex("800f1234decafbadcafebabe abababababababababababababababab");
        var into = new byte[38];

        assertThat(sender.protectRtp(plain, 0, plain.length, into, 0)).isEqualTo(38);

        assertThat(into)
                .isEqualTo(
                        hex(
                                """
                                800f1234decafbadcafebabe
                                4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb
                                """));
    }

    @Test
    void rtcp_under_the_keys_of_b3_is_sealed_as_libsrtp_documents_it() {
        var sender = senderOfMaster(1);
        byte[] plain = hex("81c8000bcafebabe abababababababababababababababab");
        var into = new byte[38];

        assertThat(sender.protectRtcp(plain, 0, plain.length, into, 0)).isEqualTo(38);

        assertThat(into)
                .isEqualTo(
                        hex(
                                """
                                81c8000bcafebabe7128035be487b9bdbef89041f977a5a8
                                80000001993e08cd54d6c1230798
                                """));
    }

    private byte[] keyStream(int lengthBytes) {
        var stream = new byte[lengthBytes];
        aes.start(SESSION_SALT, 0, 0);
        aes.apply(stream, 0, stream, 0, lengthBytes);
        return stream;
    }

    private static SrtpSender senderOfMaster(long firstRtcpIndex) {
        var profile = SrtpProfile.AES128_CM_HMAC_SHA1_80;
        var seals = PacketSeals.derive(profile, AesGcm.PLATFORM, ofMaster(MASTER_KEY, MASTER_SALT));
        return new SrtpSender(profile, seals, new SsrcTable(), firstRtcpIndex);
    }

    private static AesCounterMode counterMode(String key) {
        return new AesCounterMode(new WipeableKey(hex(key), 0, 16, "AES"));
    }

    private static KeyDerivation ofMaster(byte[] key, byte[] salt) {
        byte[] material = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, material, key.length, salt.length);
        return new KeyDerivation(material, 0, key.length, salt.length);
    }
}
