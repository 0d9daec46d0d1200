// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class BitReaderTest {
    private final BitReader in = new BitReader();

    private void wrap(String bits) {
        var bytes = Descriptors.bytes(bits);
        in.wrap(bytes, 0, bytes.length);
    }

    @Test
    void reads_high_bit_first_over_byte_borders() {
        wrap("1 01 11111 1110 0000 1");

        assertThat(in.readFlag()).isTrue();
        assertThat(in.read(2)).isEqualTo(1);
        assertThat(in.read(9)).isEqualTo(0b111111110);
        assertThat(in.read(4)).isZero();
        assertThat(in.position()).isEqualTo(16);
        assertThat(in.hasOverrun()).isFalse();
        assertThat(in.read(0)).isZero();
    }

    @Test
    void past_the_end_are_zeros_and_it_says_so() {
        wrap("11111111");

        assertThat(in.read(12)).isEqualTo(0b1111_1111_0000);
        assertThat(in.hasOverrun()).isTrue();
    }

    @Test
    void a_number_below_a_bound_takes_as_few_bits_as_it_can() {
        // ns(5): 0, 1, 2 in two bits, 3 and 4 in three
        wrap("00 01 10 110 111");
        for (int value = 0; value < 5; value++) {
            assertThat(in.readBelow(5)).isEqualTo(value);
        }
        // ns(1) takes nothing, ns(2) a bit
        wrap("1");
        assertThat(in.readBelow(1)).isZero();
        assertThat(in.position()).isZero();
        assertThat(in.readBelow(2)).isOne();
    }

    @Test
    void what_is_written_is_read() {
        Property.forAll(
                random -> {
                    var bytes = new byte[12];
                    int first = random.between(0, 1 << 20);
                    int second = random.between(0, 1 << 30);
                    int offset = random.between(0, 4);
                    var out = new BitWriter(bytes, offset, 8);
                    out.write(first, 20);
                    out.write(0, -3);
                    out.write(second, 30);

                    in.wrap(bytes, offset, 8);

                    assertThat(in.read(20)).isEqualTo(first);
                    assertThat(in.read(30)).isEqualTo(second);
                });
    }
}
