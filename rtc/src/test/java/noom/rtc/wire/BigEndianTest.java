// SPDX-License-Identifier: Apache-2.0
package noom.rtc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class BigEndianTest {
    private static final byte[] BYTES = Hex.bytes("00 fe dc ba 98 76 54 32 10");

    @Test
    void reads_unsigned_numbers_high_byte_first() {
        assertThat(BigEndian.u8(BYTES, 1)).isEqualTo(0xFE);
        assertThat(BigEndian.u16(BYTES, 1)).isEqualTo(0xFEDC);
        assertThat(BigEndian.u24(BYTES, 1)).isEqualTo(0xFEDCBA);
        assertThat(BigEndian.u32(BYTES, 1)).isEqualTo(0xFEDCBA98L);
        assertThat(BigEndian.u64(BYTES, 1)).isEqualTo(0xFEDCBA9876543210L);
    }

    @Test
    void what_is_written_is_read_and_nothing_else_changes() {
        Property.forAll(
                random -> {
                    long value = random.random().nextLong();
                    var bytes = new byte[12];
                    BigEndian.put64(bytes, 2, value);
                    assertThat(BigEndian.u64(bytes, 2)).isEqualTo(value);

                    var narrow = new byte[12];
                    BigEndian.put8(narrow, 0, (int) value);
                    BigEndian.put16(narrow, 1, (int) value);
                    BigEndian.put24(narrow, 3, (int) value);
                    BigEndian.put32(narrow, 6, value);
                    assertThat(BigEndian.u8(narrow, 0)).isEqualTo((int) value & 0xFF);
                    assertThat(BigEndian.u16(narrow, 1)).isEqualTo((int) value & 0xFFFF);
                    assertThat(BigEndian.u24(narrow, 3)).isEqualTo((int) value & 0xFFFFFF);
                    assertThat(BigEndian.u32(narrow, 6)).isEqualTo(value & 0xFFFFFFFFL);
                    assertThat(narrow[10]).isZero();
                });
    }
}
