// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import noom.testkit.Property;
import noom.testkit.Property.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every AES-GCM that is here does what the platform's does, byte for byte.
class AesGcmTest {
    private static final int TAG_BYTES = AeadGcmSeal.TAG_BYTES;

    /// What is to be sealed: a packet, and what else goes into IV and tag.
    private static final class Packet {
        final byte[] plain;
        final int clearBytes;
        private final int ssrc;
        private final long index;
        private final int word;

        Packet(Case random) {
            clearBytes = random.between(8, 100);
            int mostBytes = SrtpContext.MAX_PACKET_BYTES - TAG_BYTES - clearBytes;
            plain = new byte[clearBytes + random.between(0, random.coin() ? 40 : mostBytes + 1)];
            random.random().nextBytes(plain);
            ssrc = random.random().nextInt();
            index = random.random().nextLong() >>> 16;
            word = random.random().nextInt();
        }

        int sealedBytes() {
            return plain.length + TAG_BYTES;
        }

        /// What the seal makes of it, and does to the bytes around it.
        byte[] sealedBy(PacketSeal seal, Place place) {
            var in = place.around(plain, sealedBytes());
            var out = place.inPlace ? in : place.around(new byte[0], sealedBytes());
            var passage = passage(in, out, place.offset);
            passage.copyClear();
            seal.seal(passage);
            return out;
        }

        Passage passage(byte[] in, byte[] out, int offset) {
            return new Passage()
                    .between(in, offset, out, offset)
                    .split(clearBytes, plain.length, plain.length)
                    .number(ssrc, index, word);
        }
    }

    /// Where in an array, and whether what comes out takes the place of what went in.
    private record Place(int offset, int behind, boolean inPlace) {
        static Place any(Case random) {
            return new Place(random.between(0, 9), random.between(0, 9), random.coin());
        }

        /// The bytes at their offset, with room for as many.
        byte[] around(byte[] bytes, int room) {
            var array = new byte[offset + room + behind];
            Arrays.fill(array, (byte) 0x5A);
            System.arraycopy(bytes, 0, array, offset, bytes.length);
            return array;
        }
    }

    @ParameterizedTest
    @MethodSource("noom.rtc.srtp.SrtpPeers#gcms")
    void seals_and_opens_as_the_platform_does(AesGcm gcm) {
        Property.forAll(
                random -> {
                    var key = new byte[SrtpProfile.KEY_BYTES];
                    var salt = new byte[IpsecMb.IV_BYTES];
                    random.random().nextBytes(key);
                    random.random().nextBytes(salt);
                    boolean isRtcp = random.coin();
                    var platform = AesGcm.PLATFORM.seal(key, salt, isRtcp);
                    var seal = gcm.seal(key, salt, isRtcp);
                    var packet = new Packet(random);
                    var place = Place.any(random);

                    byte[] sealed = packet.sealedBy(platform, place);
                    assertThat(packet.sealedBy(seal, place)).isEqualTo(sealed);
                    opens(packet, seal, place, sealed);
                    staysShut(packet, seal, place, sealed, random);
                });
    }

    private static void opens(Packet packet, PacketSeal seal, Place place, byte[] sealed) {
        var in = sealed.clone();
        var out = place.inPlace ? in : new byte[in.length];
        var expected = out.clone();
        int bodyBytes = packet.plain.length - packet.clearBytes;
        int bodyAt = place.offset + packet.clearBytes;
        System.arraycopy(packet.plain, packet.clearBytes, expected, bodyAt, bodyBytes);

        assertThat(seal.open(packet.passage(in, out, place.offset))).isTrue();

        assertThat(out).isEqualTo(expected);
    }

    private static void staysShut(
            Packet packet, PacketSeal seal, Place place, byte[] sealed, Case random) {
        var in = sealed.clone();
        int bit = random.between(0, 8 * packet.sealedBytes());
        in[place.offset + bit / 8] ^= (byte) (1 << bit % 8);
        var out = place.inPlace ? in : new byte[in.length];
        var before = out.clone();
        assertThat(seal.open(packet.passage(in, out, place.offset))).isFalse();
        assertThat(out).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("noom.rtc.srtp.SrtpPeers#gcms")
    void forgets_its_keys_when_it_closes(AesGcm gcm) {
        var salt = SrtpPeers.hex("0102030405060708090a0b0c");
        var seal = gcm.seal(new byte[SrtpProfile.KEY_BYTES], salt, false);

        seal.close();

        assertThat(seal).extracting("salt").isEqualTo(new byte[12]);
        var key = assertThat(seal).extracting("key");
        switch (gcm) {
            case PLATFORM -> key.extracting("destroyed").isEqualTo(true);
            case IPSEC_MB ->
                    key.extracting("data")
                            .asInstanceOf(type(MemorySegment.class))
                            .satisfies(data -> assertThat(data.toArray(JAVA_BYTE)).containsOnly(0));
        }
    }

    @ParameterizedTest
    @MethodSource("noom.rtc.srtp.SrtpPeers#gcms")
    void is_named_for_who_runs_the_server(AesGcm gcm) {
        assertThat(gcm.describe()).matches("the Java platform|ipsec-mb 1\\.\\d+ \\(AVX(2|512)\\)");
    }

    @Test
    void the_fastest_that_is_here_is_taken() {
        assertThat(AesGcm.best()).isEqualTo(SrtpPeers.gcms().getLast());
        assertThat(SrtpContext.aesGcm()).isEqualTo(AesGcm.best().describe());
    }
}
