// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import noom.testkit.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SrtpPropertyTest {
    private static final int SSRC = 0x0123_4567;

    @ParameterizedTest
    @EnumSource
    void what_was_protected_is_opened_and_what_was_changed_is_not(SrtpProfile profile) {
        Property.forAll(
                random -> {
                    var peers = new SrtpPeers(profile);
                    byte[] plain = randomRtp(random);
                    byte[] sealed = peers.protectRtp(plain);
                    byte[] changed = sealed.clone();
                    changed[random.between(0, changed.length)] ^= (byte) random.between(1, 256);

                    assertThat(peers.rtpFault(changed)).isNotNull();
                    assertThat(peers.unprotectRtp(sealed)).isEqualTo(plain);
                    assertThat(peers.rtpFault(sealed)).isEqualTo(SrtpDrop.REPLAYED);
                });
    }

    @ParameterizedTest
    @EnumSource
    void control_packets_survive_the_way_too(SrtpProfile profile) {
        var peers = new SrtpPeers(profile);
        Property.forAll(
                random -> {
                    byte[] plain = Arrays.copyOf(SrtpPeers.rtcp(SSRC), 8 + 4 * random.length());
                    byte[] sealed = peers.protectRtcp(plain);
                    byte[] changed = sealed.clone();
                    changed[random.between(0, changed.length)] ^= (byte) random.between(1, 256);

                    assertThat(peers.rtcpFault(changed)).isNotNull();
                    assertThat(peers.unprotectRtcp(sealed)).isEqualTo(plain);
                });
    }

    /// A network that loses, delays and doubles, over several rollovers, against a receiver that
    /// is told the index and remembers everything.
    @ParameterizedTest
    @EnumSource
    void a_stream_through_a_bad_network_is_what_a_model_says(SrtpProfile profile) {
        Property.forAll(
                random -> {
                    var peers = new SrtpPeers(profile);
                    long sent = random.between(0, 1 << 15);
                    long highest = sent;
                    var indices = new ArrayList<Long>(List.of(sent));
                    var way = new ArrayList<byte[]>();
                    way.add(peers.protectRtp(SrtpPeers.rtp(SSRC, (int) sent)));
                    assertThat(peers.rtpFault(way.getFirst())).isNull();
                    var seen = new HashSet<Long>(indices);
                    for (int step = 0; step < random.length(); step++) {
                        sent += random.oneOf(List.of(1, 1, 1, 30, 1_200, 20_000));
                        way.add(peers.protectRtp(SrtpPeers.rtp(SSRC, (int) (sent & 0xFFFF))));
                        indices.add(sent);
                        // The newest one, in time for its gap to be bridged, or an older one.
                        boolean isNewest = sent - highest > 10_000 || random.coin();
                        int back = isNewest ? 0 : random.between(0, Math.min(6, way.size()));
                        long index = indices.get(indices.size() - 1 - back);
                        if (highest - index > 32_000) {
                            continue;
                        }

                        assertThat(peers.rtpFault(way.get(way.size() - 1 - back)))
                                .as("index %d after %d", index, highest)
                                .isEqualTo(expected(index, highest, seen));

                        seen.add(index);
                        highest = Math.max(highest, index);
                    }
                });
    }

    private static @Nullable SrtpDrop expected(long index, long highest, Set<Long> seen) {
        if (index <= highest - SrtpContext.REPLAY_WINDOW_PACKETS) {
            return SrtpDrop.TOO_OLD;
        }
        return seen.contains(index) ? SrtpDrop.REPLAYED : null;
    }

    private static byte[] randomRtp(Property.Case random) {
        int csrcCount = random.between(0, 16);
        boolean hasExtension = random.coin();
        int extensionWords = hasExtension ? random.between(0, 10) : 0;
        byte[] payload = random.bytes();
        var packet =
                ByteBuffer.allocate(
                        12
                                + 4 * csrcCount
                                + (hasExtension ? 4 + 4 * extensionWords : 0)
                                + payload.length);
        packet.put((byte) (0x80 | (hasExtension ? 0x10 : 0) | csrcCount));
        packet.put((byte) random.between(0, 256));
        packet.putShort((short) random.random().nextInt());
        packet.putInt(random.random().nextInt()).putInt(random.random().nextInt());
        for (int i = 0; i < csrcCount; i++) {
            packet.putInt(random.random().nextInt());
        }
        if (hasExtension) {
            packet.putShort((short) 0xBEDE).putShort((short) extensionWords);
            for (int i = 0; i < extensionWords; i++) {
                packet.putInt(random.random().nextInt());
            }
        }
        return packet.put(payload).array();
    }
}
