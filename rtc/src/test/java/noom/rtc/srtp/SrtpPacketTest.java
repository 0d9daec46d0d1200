// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static noom.rtc.srtp.SrtpPeers.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Single packets: what stays readable, what is refused, where the result goes.
class SrtpPacketTest {
    private static final int SSRC = 0xCAFE_F00D;

    /// Two CSRCs and an extension of one word, then five bytes.
    private static final byte[] RICH =
            hex("b2e0 0001 00000001 cafef00d 00000001 00000002 bede0001 10ff0000 0102030405");

    private static final int RICH_HEADER_BYTES = 28;

    @ParameterizedTest
    @EnumSource
    void the_payload_is_hidden_and_the_header_is_not(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        byte[] sealed = peers.protectRtp(RICH);

        assertThat(sealed).hasSize(RICH.length + profile.rtpOverheadBytes());
        for (int i = 0; i < RICH_HEADER_BYTES; i++) {
            assertThat(sealed[i]).isEqualTo(RICH[i]);
        }
        assertThat(Arrays.copyOfRange(sealed, RICH_HEADER_BYTES, RICH.length))
                .isNotEqualTo(Arrays.copyOfRange(RICH, RICH_HEADER_BYTES, RICH.length));
        assertThat(peers.unprotectRtp(sealed)).isEqualTo(RICH);
    }

    @ParameterizedTest
    @EnumSource
    void every_flipped_bit_of_rtp_is_refused_and_leaves_no_trace(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] sealed = peers.protectRtp(RICH);

        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(peers.rtpFault(flipped)).as("bit %d", bit).isNotNull();
        }

        assertThat(peers.server.receiver().rtpSsrcCount()).isZero();
        assertThat(peers.unprotectRtp(sealed)).isEqualTo(RICH);
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_packet_leaves_the_other_buffer_alone_too(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] sealed = peers.protectRtp(RICH);
        sealed[sealed.length - 1] ^= 1;
        var into = new byte[RICH.length];
        Arrays.fill(into, (byte) 0x55);

        assertThat(peers.server.receiver().unprotectRtp(sealed, 0, sealed.length, into, 0))
                .isEqualTo(SrtpReceiver.REFUSED);

        assertThat(into).containsOnly(0x55);
    }

    @ParameterizedTest
    @EnumSource
    void a_packet_cut_short_anywhere_is_refused(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] sealed = peers.protectRtp(RICH);

        for (int bytes = 0; bytes < sealed.length; bytes++) {
            int plainBytes = bytes - profile.rtpOverheadBytes();
            var expected =
                    plainBytes < 12
                            ? SrtpDrop.TOO_SHORT
                            : plainBytes < RICH_HEADER_BYTES
                                    ? SrtpDrop.BAD_HEADER
                                    : SrtpDrop.AUTH_FAILED;

            assertThat(peers.rtpFault(Arrays.copyOf(sealed, bytes))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_packet_without_payload_is_a_packet(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] plain = hex("8060 0001 00000001 cafef00d");

        assertThat(peers.unprotectRtp(peers.protectRtp(plain))).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void other_keys_open_nothing(SrtpProfile profile) {
        byte[] material = SrtpPeers.material(profile);
        for (int at = 0; at < material.length; at++) {
            var peers = new SrtpPeers(profile);
            byte[] changed = material.clone();
            changed[at] ^= 1;
            var other = SrtpContext.ofExporter(profile, DtlsRole.SERVER, changed).receiver();
            byte[] sealed = peers.protectRtp(RICH);
            boolean isOfClient = at < 16 || (at >= 32 && at < 32 + profile.saltBytes());

            int bytes = other.unprotectRtp(sealed, 0, sealed.length, sealed, 0);

            assertThat(bytes == SrtpReceiver.REFUSED).as("byte %d", at).isEqualTo(isOfClient);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_same_place_and_another_place_give_the_same(SrtpProfile profile) {
        var apart = new SrtpPeers(profile);
        var inPlace = new SrtpPeers(profile);
        byte[] sealed = apart.protectRtp(RICH);
        var buffer = new byte[100];
        System.arraycopy(RICH, 0, buffer, 7, RICH.length);

        int bytes = inPlace.client.sender().protectRtp(buffer, 7, RICH.length, buffer, 7);

        assertThat(Arrays.copyOfRange(buffer, 7, 7 + bytes)).isEqualTo(sealed);
        var into = new byte[100];
        assertThat(apart.server.receiver().unprotectRtp(buffer, 7, bytes, into, 50))
                .isEqualTo(RICH.length);
        assertThat(Arrays.copyOfRange(into, 50, 50 + RICH.length)).isEqualTo(RICH);
        assertThat(Arrays.copyOfRange(buffer, 7, 7 + bytes)).isEqualTo(sealed);
    }

    @ParameterizedTest
    @EnumSource
    void the_longest_packet_passes_and_a_longer_one_is_refused(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        int longest = SrtpContext.MAX_PACKET_BYTES - profile.rtpOverheadBytes();
        byte[] plain = Arrays.copyOf(SrtpPeers.rtp(SSRC, 1), longest);

        assertThat(peers.protectRtp(Arrays.copyOf(plain, longest + 1))).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.TOO_LONG);
        byte[] sealed = peers.protectRtp(plain);
        assertThat(peers.rtpFault(Arrays.copyOf(sealed, sealed.length + 1)))
                .isEqualTo(SrtpDrop.TOO_LONG);
        assertThat(peers.unprotectRtp(sealed)).isEqualTo(plain);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_rtp_is_not_protected(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);

        assertThat(peers.protectRtp(new byte[12])).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.BAD_VERSION);
        assertThat(peers.protectRtp(Arrays.copyOf(RICH, 27))).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.BAD_HEADER);
        assertThat(peers.protectRtp(new byte[11])).isNull();
        assertThat(peers.client.sender().refusal()).isEqualTo(SrtpDrop.TOO_SHORT);
        assertThat(peers.protectRtp(RICH)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void a_place_without_room_is_a_mistake_of_the_caller(SrtpProfile profile) {
        var sender = new SrtpPeers(profile).client.sender();
        var into = new byte[RICH.length + profile.rtpOverheadBytes()];

        assertThatThrownBy(() -> sender.protectRtp(RICH, 0, RICH.length, into, 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> sender.protectRtp(RICH, 1, RICH.length, into, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(sender.protectRtp(RICH, 0, RICH.length, into, 0)).isEqualTo(into.length);
    }

    @ParameterizedTest
    @EnumSource
    void a_closed_context_has_no_keys_left(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        byte[] sealed = peers.protectRtp(RICH);

        peers.client.close();
        peers.server.close();

        assertThatThrownBy(() -> peers.protectRtp(RICH)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> peers.protectRtcp(SrtpPeers.rtcp(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> peers.unprotectRtp(sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> peers.unprotectRtcp(sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_destroyed_key_is_overwritten() {
        var key = new WipeableKey(new byte[] {1, 2, 3, 4}, 1, 2, "AES");
        assertThat(key.getEncoded()).containsExactly(2, 3);
        assertThat(key.getFormat()).isEqualTo("RAW");

        key.destroy();

        assertThat(key.isDestroyed()).isTrue();
        assertThat(key).extracting("bytes").isEqualTo(new byte[2]);
        assertThatThrownBy(key::getEncoded).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_counter_mode_seal_forgets_its_keys_when_it_closes() {
        var cm = new CounterModeHmacSeal(new byte[16], new byte[] {1, 2}, new byte[20]);

        cm.close();

        assertThat(cm).extracting("aes.key.destroyed").isEqualTo(true);
        assertThat(cm).extracting("authenticationKey.destroyed").isEqualTo(true);
        assertThat(cm).extracting("salt").isEqualTo(new byte[2]);
    }

    @Test
    void profiles_are_known_by_their_numbers() {
        assertThat(SrtpProfile.ofWireValue(0x0007)).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(SrtpProfile.ofWireValue(0x0001)).isEqualTo(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        assertThat(SrtpProfile.ofWireValue(0x0002)).isNull();
        for (var profile : SrtpProfile.values()) {
            assertThat(SrtpProfile.ofWireValue(profile.wireValue())).isEqualTo(profile);
        }
    }

    @Test
    void keying_material_has_the_length_that_the_profile_asks_for() {
        assertThat(SrtpProfile.AEAD_AES_128_GCM.exporterBytes()).isEqualTo(56);
        assertThat(SrtpProfile.AES128_CM_HMAC_SHA1_80.exporterBytes()).isEqualTo(60);
        for (int bytes : new int[] {0, 55, 57, 60}) {
            assertThatThrownBy(
                            () ->
                                    SrtpContext.ofExporter(
                                            SrtpProfile.AEAD_AES_128_GCM,
                                            DtlsRole.SERVER,
                                            new byte[bytes]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
