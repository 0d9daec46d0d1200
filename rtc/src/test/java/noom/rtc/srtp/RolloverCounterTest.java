// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloverCounterTest {
    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0x0_0064 | 0x0065 | the next one                         | 0x0_0065
                    0x0_FFFF | 0x0000 | the first of the next cycle          | 0x1_0000
                    0x0_FFF0 | 0x000A | across the wrap with loss            | 0x1_000A
                    0x1_0003 | 0xFFFE | late, from before the wrap           | 0x0_FFFE
                    0x1_0064 | 0x8064 | 2^15 ahead                           | 0x1_8064
                    0x1_0064 | 0x8065 | one more than 2^15 ahead is behind   | 0x0_8065
                    0x1_8065 | 0x0065 | 2^15 behind                          | 0x1_0065
                    0x1_8066 | 0x0065 | one more than 2^15 behind is ahead   | 0x2_0065
                    0x0_0003 | 0xFFFE | nothing comes before the start       | 0x0_FFFE
                    0xFFFFFFFF_FFFF | 0x0000 | after the last index          | 0x1_00000000_0000
                    """)
    void a_number_gets_the_cycle_that_brings_it_nearest(
            String highest, String seq, String what, String expected) {
        assertThat(RolloverCounter.indexOf((int) number(seq), number(highest)))
                .as(what)
                .isEqualTo(number(expected));
    }

    @Test
    void the_estimate_is_that_of_appendix_a_but_never_below_zero() {
        Property.forAll(
                random -> {
                    int roc = random.oneOf(List.of(0, 1, 2, 77, Integer.MAX_VALUE));
                    int highestSeq = random.between(0, 1 << 16);
                    int seq = random.between(0, 1 << 16);

                    long index = RolloverCounter.indexOf(seq, ((long) roc << 16) | highestSeq);

                    long expectedRoc = Math.max(0, appendixA(seq, highestSeq, roc));
                    assertThat(index).isEqualTo((expectedRoc << 16) | seq);
                });
    }

    @Test
    void the_counter_is_what_is_above_the_number() {
        assertThat(RolloverCounter.counterOf(0x0_FFFF)).isZero();
        assertThat(RolloverCounter.counterOf(0x1_0000)).isEqualTo(1);
        assertThat(RolloverCounter.counterOf(RolloverCounter.MAX_INDEX))
                .isEqualTo(-1); // 32 bits, all ones
    }

    /// The pseudocode of the RFC, word by word.
    private static long appendixA(int seq, int highestSeq, long roc) {
        if (highestSeq < 32_768) {
            return seq - highestSeq > 32_768 ? roc - 1 : roc;
        }
        return highestSeq - 32_768 > seq ? roc + 1 : roc;
    }

    private static long number(String text) {
        return Long.decode(text.replace("_", ""));
    }
}
