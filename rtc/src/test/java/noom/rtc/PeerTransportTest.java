// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import static noom.rtc.ScriptedBrowser.CAFE;
import static noom.rtc.ScriptedBrowser.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.IceState;
import noom.rtc.ice.ScriptedPeer.Attribute;
import noom.rtc.rtcp.CompoundWriter;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.srtp.SrtpProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A peer's life, from the first check to the goodbye.
class PeerTransportTest {
    private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

    private static byte[] pli() {
        var bytes = new byte[100];
        var writer = new CompoundWriter().begin(bytes, 0, bytes.length);
        writer.add(new Rtcp.Pli(1, 0xABCD));
        return Arrays.copyOf(bytes, writer.lengthBytes());
    }

    @ParameterizedTest
    @EnumSource
    void checked_shaken_hands_media_both_ways(SrtpProfile profile) {
        var browser = new ScriptedBrowser(profile);
        var transport = browser.transport;
        assertThat(transport.connect(ScriptedBrowser.THEIRS, browser.nowNanos)).isTrue();
        assertThat(transport.state()).isEqualTo(TransportState.CONNECTING);

        browser.check(HOME);
        assertThat(browser.takeHeard()).containsExactly("found 1", "selected 1", "CONNECTED");
        browser.shakeHands(HOME);
        assertThat(browser.takeHeard()).containsExactly("keys of " + profile);
        assertThat(browser.takeReceived()).containsExactly("answer at 1", "dtls at 1");
        assertThat(transport.state()).isEqualTo(TransportState.CONNECTED);

        browser.deliver(browser.rtp(1), HOME);
        browser.deliver(browser.rtp(2), HOME);
        browser.deliver(browser.protectedRtcp(pli()), HOME);
        assertThat(browser.takeHeard()).containsExactly("rtp 1", "rtp 2", "Pli");
        assertThat(transport.sendRtp(ScriptedBrowser.packet(7))).isTrue();
        assertThat(transport.sendRtcp(pli(), 0, pli().length)).isTrue();
        assertThat(browser.takeReceived())
                .containsExactly("rtp 7 at 1", "rtcp of " + pli().length + " at 1");
    }

    @Test
    void a_packet_can_be_protected_straight_into_where_it_is_sent_from() {
        var browser = ScriptedBrowser.connected(GCM);
        var slot = new byte[200];
        byte[] plain = ScriptedBrowser.plainRtp(9);

        int bytes = browser.transport.protectRtp(plain, 0, plain.length, slot, 50);

        assertThat(bytes).isEqualTo(plain.length + GCM.rtpOverheadBytes());
        assertThat(browser.transport.selectedPath()).isEqualTo(HOME);
        browser.transmit(ByteBuffer.wrap(slot, 50, bytes), HOME);
        assertThat(browser.takeReceived()).last().isEqualTo("rtp 9 at 1");
        int control = browser.transport.protectRtcp(pli(), 0, pli().length, slot, 0);
        assertThat(control).isEqualTo(pli().length + GCM.rtcpOverheadBytes());
    }

    @Test
    void ice_may_start_anew_while_media_flows() {
        var browser = ScriptedBrowser.connected(GCM);
        browser.deliver(browser.rtp(1), HOME);
        var renewed = IceCredentials.random(new Random(9));

        browser.transport.restartIce(renewed);
        browser.deliver(browser.rtp(2), HOME);
        browser.check(HOME);
        browser.credentials = renewed;
        browser.check(CAFE, Attribute.USE_CANDIDATE);
        browser.deliver(browser.rtp(3), CAFE);
        browser.deliver(browser.rtp(4), HOME);

        assertThat(browser.takeHeard())
                .containsExactly(
                        "rtp 1", "rtp 2", "found 2", "selected 2", "COMPLETED", "rtp 3", "rtp 4");
        browser.takeReceived();
        browser.transport.sendRtp(ScriptedBrowser.packet(1));
        assertThat(browser.takeReceived()).containsExactly("rtp 1 at 2");
        assertThat(browser.transport.state()).isEqualTo(TransportState.CONNECTED);
    }

    @Test
    void who_changes_the_network_is_followed_after_a_check() {
        var browser = ScriptedBrowser.connected(GCM);
        browser.check(HOME, Attribute.USE_CANDIDATE);
        browser.takeHeard();

        byte[] early = browser.rtp(1);
        browser.deliver(early, CAFE);
        assertThat(browser.takeHeard()).isEmpty();
        assertThat(browser.transport.stats().droppedCount(DropReason.UNKNOWN_PATH)).isEqualTo(1);
        browser.check(CAFE, Attribute.USE_CANDIDATE);
        browser.deliver(early, CAFE);

        assertThat(browser.takeHeard()).containsExactly("found 2", "selected 2", "rtp 1");
        browser.takeReceived();
        browser.transport.sendRtp(ScriptedBrowser.packet(1));
        assertThat(browser.takeReceived()).containsExactly("rtp 1 at 2");
    }

    @Test
    void what_was_protected_once_is_sent_again_as_long_as_there_is_a_way() {
        var browser = ScriptedBrowser.connected(GCM);
        var sealed = new byte[200];
        var plain = ScriptedBrowser.plainRtp(1);
        int sealedBytes = browser.transport.protectRtp(plain, 0, plain.length, sealed, 0);

        assertThat(browser.transport.sendAgain(sealed, sealedBytes)).isTrue();
        assertThat(browser.wire.getLast()).isEqualTo(Arrays.copyOf(sealed, sealedBytes));
        assertThat(browser.transport.stats().sentBytes()).isGreaterThanOrEqualTo(2L * sealedBytes);

        browser.transport.close();
        int sentSoFar = browser.wire.size();
        assertThat(browser.transport.sendAgain(sealed, sealedBytes)).isFalse();
        assertThat(browser.wire).hasSize(sentSoFar);
    }

    @Test
    void without_consent_nothing_is_sent_until_it_is_back() {
        var browser = ScriptedBrowser.connected(GCM);
        browser.pass(Duration.ofSeconds(30).minusNanos(1));
        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(1))).isTrue();

        browser.pass(Duration.ofNanos(1));
        assertThat(browser.takeHeard()).containsExactly("lost 1", "DISCONNECTED");
        browser.takeReceived();
        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(2))).isFalse();
        assertThat(browser.transport.sendRtcp(pli(), 0, pli().length)).isFalse();
        assertThat(browser.transport.stats().droppedCount(DropReason.UNSENT_NO_PATH)).isEqualTo(2);
        assertThat(browser.takeReceived()).isEmpty();

        browser.check(HOME);
        browser.deliver(browser.rtp(5), HOME);
        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(3))).isTrue();
        assertThat(browser.takeHeard())
                .containsExactly("found 1", "selected 1", "CONNECTED", "rtp 5");
        assertThat(browser.takeReceived()).containsExactly("answer at 1", "rtp 3 at 1");
    }

    @Test
    void a_goodbye_of_the_peer_ends_media_and_not_ice() {
        var browser = ScriptedBrowser.connected(GCM);
        byte[] late = browser.rtp(1);

        browser.deliver(browser.goodbye(), HOME);
        browser.deliver(late, HOME);

        assertThat(browser.takeHeard()).containsExactly("goodbye");
        assertThat(browser.transport.state()).isEqualTo(TransportState.ENDED);
        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(1))).isFalse();
        assertThat(browser.transport.stats().dropped())
                .containsEntry(DropReason.NO_KEYS, 1L)
                .containsEntry(DropReason.UNSENT_NO_KEYS, 1L);
        browser.takeReceived();
        browser.check(HOME);
        assertThat(browser.takeReceived()).containsExactly("answer at 1");
    }

    @Test
    void closed_it_says_goodbye_and_hears_nothing() {
        var browser = ScriptedBrowser.connected(GCM);
        byte[] late = browser.rtp(1);
        browser.takeReceived();

        browser.transport.close();
        browser.transport.close();
        browser.deliver(late, HOME);
        browser.check(HOME);
        browser.pass(Duration.ofMinutes(5));

        assertThat(browser.takeReceived()).containsExactly("dtls at 1");
        assertThat(browser.takeHeard()).containsExactly("browser heard goodbye");
        assertThat(browser.transport.stats().droppedCount(DropReason.CLOSED)).isEqualTo(2);
        assertThat(browser.transport.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(browser.transport.sendRtp(ScriptedBrowser.packet(1))).isFalse();
        assertThat(browser.transport.connect(ScriptedBrowser.THEIRS, 0)).isFalse();
    }

    @Test
    void somebody_else_than_signalled_gets_no_keys() {
        var browser = new ScriptedBrowser(GCM);
        browser.transport.connect(ScriptedBrowser.OURS, browser.nowNanos);
        browser.check(HOME);
        browser.takeHeard();

        browser.shakeHands(HOME);

        assertThat(browser.takeHeard()).containsExactly("failed WRONG_FINGERPRINT");
        assertThat(browser.transport.state()).isEqualTo(TransportState.FAILED);
        browser.deliver(ScriptedBrowser.plainRtp(1), HOME);
        assertThat(browser.transport.stats().droppedCount(DropReason.NO_KEYS)).isEqualTo(1);
    }

    @Test
    void it_is_told_once_whom_to_expect() {
        var browser = ScriptedBrowser.connected(GCM);

        assertThat(browser.transport.connect(ScriptedBrowser.OURS, browser.nowNanos)).isFalse();

        browser.deliver(browser.rtp(1), HOME);
        assertThat(browser.takeHeard()).containsExactly("rtp 1");
    }

    @Test
    void it_describes_itself_without_secrets() {
        var browser = ScriptedBrowser.connected(GCM);
        browser.deliver(new byte[] {99}, HOME);

        var description = browser.transport.describe();

        assertThat(description.state()).isEqualTo(TransportState.CONNECTED);
        assertThat(description.ice()).isEqualTo(IceState.CONNECTED);
        assertThat(description.profile()).contains(GCM);
        assertThat(description.selectedPath()).contains(HOME);
        assertThat(description.receivedCount()).isEqualTo(3);
        assertThat(description.sentCount()).isEqualTo(2);
        assertThat(description.dropped()).containsOnlyKeys(DropReason.UNKNOWN_PROTOCOL);
        assertThat(description.toString()).doesNotContain(browser.credentials.password());
        var fresh = new ScriptedBrowser(GCM).transport.describe();
        assertThat(fresh.profile()).isEmpty();
        assertThat(fresh.selectedPath()).isEmpty();
        assertThat(List.of(fresh.receivedCount(), fresh.sentBytes())).containsOnly(0L);
    }
}
