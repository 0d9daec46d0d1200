// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import static noom.rtc.ScriptedBrowser.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import noom.rtc.srtp.SrtpProfile;

/// Hostile datagrams to a transport, before and after the handshake, and as what a peer with the
/// right keys protects: dropped and counted, or taken, and the next good packet arrives.
class PeerTransportFuzzTest {
    private static final SrtpProfile[] PROFILES = SrtpProfile.values();

    @FuzzTest(maxDuration = "")
    void any_datagrams_are_dropped_or_taken(byte[] bytes) {
        var stranger = new ScriptedBrowser(PROFILES[0]);
        stranger.deliver(bytes.clone(), HOME);
        assertThat(stranger.wire).isEmpty();

        // One for each input, as keying is most of its cost.
        var profile = PROFILES[Math.floorMod(Arrays.hashCode(bytes), PROFILES.length)];
        var browser = ScriptedBrowser.connected(profile);
        browser.deliver(bytes.clone(), HOME);
        if (bytes.length >= 12 && bytes.length < 1_400) {
            deliverProtected(browser, bytes);
        }
        boolean isGoodbye = browser.transport.state() == TransportState.ENDED;
        browser.heard.clear();
        browser.deliver(lastRtp(browser), HOME);
        assertThat(browser.heard.size() == 1).isNotEqualTo(isGoodbye);
    }

    private static void deliverProtected(ScriptedBrowser browser, byte[] bytes) {
        byte[] plain = bytes.clone();
        plain[0] = (byte) (0x80 | (plain[0] & 0x3F));
        byte[] header = Arrays.copyOf(plain, plain.length);
        if (Demux.of(plain, 0, plain.length) == Demux.RTCP) {
            browser.deliver(browser.protectedRtcp(header), HOME);
        } else {
            browser.deliver(browser.protectedRtp(header), HOME);
        }
    }

    /// Of another stream than the bytes may have named.
    private static byte[] lastRtp(ScriptedBrowser browser) {
        byte[] plain = ScriptedBrowser.plainRtp(1);
        plain[8] = 0x7E;
        plain[9] = 0x57;
        return browser.protectedRtp(plain);
    }
}
