// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import static noom.rtc.ScriptedBrowser.CAFE;
import static noom.rtc.ScriptedBrowser.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What comes too early, too late, from elsewhere or is not meant at all.
class PeerTransportDropsTest {
    private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static byte[] filled(int first, int second, int lengthBytes) {
        var bytes = new byte[lengthBytes];
        new Random(first).nextBytes(bytes);
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        return bytes;
    }

    @Test
    void before_a_valid_check_nothing_is_sent_whatever_comes() {
        var browser = new ScriptedBrowser(GCM);
        browser.transport.connect(ScriptedBrowser.THEIRS, browser.nowNanos);

        for (int first = 0; first < 256; first++) {
            browser.deliver(filled(first, 96, 60), HOME);
            browser.deliver(filled(first, 200, 60), HOME);
        }
        browser.shakeHands(HOME);
        var wrong = IceCredentials.random(new Random(7));
        browser.deliver(browser.checks.check(wrong), HOME);

        assertThat(browser.wire).isEmpty();
        assertThat(browser.heard).isEmpty();
        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(1))).isFalse();
        assertThat(browser.transport.stats().dropped())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                DropReason.STUN_REFUSED,
                                2 * 4L + 1,
                                DropReason.UNKNOWN_PATH,
                                2 * (44L + 64) + 1,
                                DropReason.UNKNOWN_PROTOCOL,
                                2 * (256L - 4 - 44 - 64),
                                DropReason.UNSENT_NO_KEYS,
                                1L));
    }

    @ParameterizedTest
    @EnumSource
    void garbage_of_every_first_byte_changes_nothing(SrtpProfile profile) {
        var browser = ScriptedBrowser.connected(profile);

        for (int first = 0; first < 256; first++) {
            browser.deliver(filled(first, 96, 80), HOME);
            browser.deliver(filled(first, 200, 80), HOME);
            browser.deliver(new byte[] {(byte) first}, HOME);
        }
        browser.deliver(new byte[0], HOME);
        browser.deliver(browser.rtp(1), HOME);

        assertThat(browser.takeHeard()).containsExactly("rtp 1");
        assertThat(browser.transport.stats().droppedCount(DropReason.SRTP_REFUSED))
                .isEqualTo(3 * 64);
    }

    @Test
    void media_before_the_keys_is_dropped_and_counted() {
        var browser = ScriptedBrowser.connected(GCM);
        byte[] early = browser.rtp(1);
        var other = new ScriptedBrowser(GCM);
        other.transport.connect(ScriptedBrowser.THEIRS, other.nowNanos);
        other.check(HOME);
        other.takeHeard();

        other.deliver(early, HOME);
        other.deliver(filled(0x80, 200, 60), HOME);

        assertThat(other.heard).isEmpty();
        assertThat(other.transport.stats().droppedCount(DropReason.NO_KEYS)).isEqualTo(2);
    }

    @Test
    void a_hello_before_signalling_is_kept_and_answered_then() {
        var browser = new ScriptedBrowser(GCM);
        browser.check(HOME);
        browser.shakeHands(HOME);
        browser.takeHeard();
        assertThat(browser.takeReceived()).containsExactly("answer at 1");

        browser.transport.connect(ScriptedBrowser.THEIRS, browser.nowNanos);

        assertThat(browser.takeHeard()).containsExactly("keys of " + GCM);
        assertThat(browser.takeReceived()).containsExactly("dtls at 1");
    }

    @Test
    void as_much_as_allowed_is_kept_and_one_more_is_dropped() {
        var browser = new ScriptedBrowser(GCM);
        browser.check(HOME);

        for (int i = 0; i < EarlyDatagrams.MAX_DATAGRAMS; i++) {
            browser.deliver(filled(22, 1, 50), HOME);
        }
        assertThat(browser.transport.stats().dropped()).isEmpty();
        browser.deliver(filled(22, 1, 50), HOME);

        assertThat(browser.transport.stats().dropped())
                .containsExactlyInAnyOrderEntriesOf(Map.of(DropReason.DTLS_TOO_EARLY, 1L));
        // All of them are noise, which the endpoint takes for a hello from somebody else.
        browser.takeHeard();
        browser.transport.connect(ScriptedBrowser.THEIRS, browser.nowNanos);
        assertThat(browser.takeHeard()).containsExactly("failed WRONG_FINGERPRINT");
        assertThat(browser.transport.stats().droppedCount(DropReason.DTLS_REFUSED))
                .isEqualTo(EarlyDatagrams.MAX_DATAGRAMS - 1);
    }

    @Test
    void a_strangers_hello_does_not_disturb_the_handshake() {
        var browser = new ScriptedBrowser(GCM);
        browser.transport.connect(ScriptedBrowser.THEIRS, browser.nowNanos);
        browser.check(HOME);
        var stranger = Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {3});

        for (var datagram : new ScriptedBrowser(GCM).hello(stranger)) {
            browser.deliver(datagram, CAFE);
        }
        browser.shakeHands(HOME);

        assertThat(browser.heard).last().isEqualTo("keys of " + GCM);
        assertThat(browser.transport.stats().droppedCount(DropReason.UNKNOWN_PATH)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void forged_repeated_and_broken_media_is_counted(SrtpProfile profile) {
        var browser = ScriptedBrowser.connected(profile);
        byte[] once = browser.rtp(1);
        byte[] bent = browser.rtp(2);
        bent[20] ^= 1;

        browser.deliver(once.clone(), HOME);
        browser.deliver(once.clone(), HOME);
        browser.deliver(bent, HOME);
        byte[] badPadding = ScriptedBrowser.plainRtp(3);
        badPadding[0] |= 0x20;
        badPadding[badPadding.length - 1] = 77;
        browser.deliver(browser.protectedRtp(badPadding), HOME);
        byte[] badLength = {(byte) 0x80, (byte) 200, 0, 9, 0, 0, 0, 1};
        browser.deliver(browser.protectedRtcp(badLength), HOME);

        assertThat(browser.takeHeard()).containsExactly("rtp 1");
        assertThat(browser.transport.stats().dropped())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                DropReason.SRTP_REFUSED, 2L,
                                DropReason.RTP_MALFORMED, 1L,
                                DropReason.RTCP_MALFORMED, 1L));
    }

    @Test
    void control_packets_that_nobody_needs_are_not_told_of() {
        var browser = ScriptedBrowser.connected(GCM);
        byte[] application = {(byte) 0x80, (byte) 204, 0, 2, 0, 0, 0, 1, 'n', 'o', 'o', 'm'};

        browser.deliver(browser.protectedRtcp(application), HOME);

        assertThat(browser.heard).isEmpty();
        assertThat(browser.transport.stats().dropped()).isEmpty();
    }

    @Test
    void a_packet_is_sent_once() {
        var browser = ScriptedBrowser.connected(GCM);

        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(1))).isTrue();
        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(1))).isFalse();

        assertThat(browser.transport.stats().droppedCount(DropReason.UNSENT_REFUSED)).isEqualTo(1);
    }

    @Test
    void a_datagram_may_be_as_long_as_the_limit_and_no_longer() {
        var browser = ScriptedBrowser.connected(GCM);

        browser.deliver(filled(0x80, 96, PeerTransport.MAX_DATAGRAM_BYTES), HOME);
        browser.deliver(filled(0x80, 96, PeerTransport.MAX_DATAGRAM_BYTES + 1), HOME);

        assertThat(browser.transport.stats().dropped())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(DropReason.SRTP_REFUSED, 1L, DropReason.TOO_LONG, 1L));
    }

    @Test
    void bytes_are_counted_as_they_were_on_the_wire() {
        var browser = ScriptedBrowser.connected(GCM);
        long receivedBefore = browser.transport.stats().receivedBytes();
        long sentBefore = browser.transport.stats().sentBytes();

        byte[] sealed = browser.rtp(1);
        browser.deliver(sealed, HOME);
        browser.transport.sendRtp(ScriptedBrowser.packet(1));

        assertThat(browser.transport.stats().receivedBytes() - receivedBefore)
                .isEqualTo(sealed.length);
        assertThat(browser.transport.stats().sentBytes() - sentBefore).isEqualTo(sealed.length);
    }

    @Test
    void the_datagram_may_lie_in_any_kind_of_buffer() {
        var browser = ScriptedBrowser.connected(GCM);
        byte[] one = browser.rtp(1);
        byte[] two = browser.rtp(2);
        byte[] three = browser.rtp(3);
        var direct = ByteBuffer.allocateDirect(100).position(10).put(one).flip().position(10);
        var slice = ByteBuffer.wrap(Arrays.copyOf(two, 100)).slice(0, two.length);
        var readOnly = ByteBuffer.wrap(three).asReadOnlyBuffer();
        byte[] before = three.clone();

        browser.transport.receive(direct, HOME, browser.nowNanos);
        browser.transport.receive(slice, HOME, browser.nowNanos);
        browser.transport.receive(readOnly, HOME, browser.nowNanos);

        assertThat(browser.takeHeard()).containsExactly("rtp 1", "rtp 2", "rtp 3");
        assertThat(three).isEqualTo(before);
        assertThat(direct.position()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void no_profile_adds_more_than_room_is_asked_for(SrtpProfile profile) {
        assertThat(profile.rtpOverheadBytes())
                .isLessThanOrEqualTo(SrtpProfile.MAX_RTP_OVERHEAD_BYTES);
        assertThat(profile.rtcpOverheadBytes())
                .isLessThanOrEqualTo(SrtpProfile.MAX_RTCP_OVERHEAD_BYTES);
    }

    @Test
    void who_sends_more_than_is_allowed_is_not_listened_to_for_it() {
        var limit = IntakeLimit.STANDARD;
        var browser = ScriptedBrowser.connected(GCM);
        int sent = 20 * limit.packetsPerSecond();
        for (int i = 0; i < sent; i++) { // twenty times as much, for a second
            browser.nowNanos += NANOS_PER_SECOND / sent;
            browser.deliver(browser.rtp(i), HOME);
        }

        int heard = browser.takeHeard().size();
        assertThat(heard).isBetween(2 * limit.packetsPerSecond() - 1, 2 * limit.packetsPerSecond());
        assertThat(browser.transport.stats().droppedCount(DropReason.TOO_MUCH))
                .isEqualTo(sent - heard);

        browser.check(HOME);
        assertThat(browser.transport.stats().droppedCount(DropReason.STUN_REFUSED)).isZero();
        browser.nowNanos += NANOS_PER_SECOND;
        browser.deliver(browser.rtp(sent + 1), HOME);
        assertThat(browser.takeHeard()).containsExactly("rtp " + (sent + 1 & 0xFFFF));
    }

    @Test
    void what_others_forge_takes_nothing_from_what_a_peer_may_send() {
        int allowed = IntakeLimit.STANDARD.packetsPerSecond();
        var browser = ScriptedBrowser.connected(GCM);
        byte[] control =
                browser.protectedRtcp(new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1});
        browser.deliver(control.clone(), HOME);
        for (int i = 0; i < allowed; i++) {
            browser.deliver(filled(0x80, 96, 100), HOME);
            browser.deliver(control.clone(), HOME);
        }
        browser.takeHeard();

        for (int i = 0; i < allowed; i++) {
            browser.deliver(browser.rtp(i), HOME);
        }

        assertThat(browser.takeHeard()).hasSize(allowed - 1); // the report was the first
        assertThat(browser.transport.stats().droppedCount(DropReason.TOO_MUCH)).isEqualTo(1);
    }
}
