// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;

/// Hostile bytes, as they come and behind a right signature: nothing but an answer or silence.
class IceLiteFuzzTest {
    private static final IceCredentials OURS = IceCredentials.random(new Random(1));
    private static final int MAX_VALUE_BYTES = 60;

    @FuzzTest(maxDuration = "")
    void any_bytes_are_answered_or_met_with_silence(byte[] bytes) {
        var before = bytes.clone();
        var peer = new ScriptedPeer();
        var ice = new IceLite(OURS, peer);

        var drop = ice.receive(bytes, 0, bytes.length, ScriptedPeer.address(1), 0);

        assertThat(bytes).isEqualTo(before);
        assertThat(drop == null).isEqualTo(peer.answers.size() == 1);
        byte[] signed = signed(peer, bytes);
        var signedDrop = ice.receive(signed, 0, signed.length, ScriptedPeer.address(2), 1);
        if (signedDrop == null) {
            assertThat(new StunMessage().wrap(peer.answers.getLast())).isTrue();
            ice.advance(IceLite.CONSENT_NANOS + 1);
        }
        assertThat(ice.state()).isIn(IceState.NEW, IceState.DISCONNECTED);
    }

    /// A check with attributes made of the bytes: two for the type, one for the length, the value.
    private static byte[] signed(ScriptedPeer peer, byte[] bytes) {
        StunWriter writer = peer.begin(OURS.ufrag());
        int at = 0;
        for (int count = 0; count < 12 && at + 3 <= bytes.length; count++) {
            int type = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
            int valueBytes =
                    Math.min((bytes[at + 2] & 0xFF) % MAX_VALUE_BYTES, bytes.length - at - 3);
            writer.attribute(type, bytes, at + 3, valueBytes);
            at += 3 + valueBytes;
        }
        return ScriptedPeer.signed(writer, OURS.password());
    }
}
