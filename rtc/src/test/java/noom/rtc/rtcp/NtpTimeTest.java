// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class NtpTimeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void a_clock_is_seconds_and_fraction_whatever_its_origin() {
        assertThat(NtpTime.ofNanos(0)).isZero();
        assertThat(NtpTime.ofNanos(5 * SECOND + SECOND / 2)).isEqualTo(5L << 32 | 1L << 31);
        assertThat(NtpTime.ofNanos(-SECOND / 4)).isEqualTo(-1L << 32 | 3L << 30);
    }

    @Test
    void the_middle_is_the_low_half_of_the_seconds_and_the_high_half_of_the_fraction() {
        assertThat(NtpTime.middle(0x1234_5678_9ABC_DEF0L)).isEqualTo(0x5678_9ABCL);
        assertThat(NtpTime.middle(-1)).isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void a_delay_is_in_parts_of_65_536_and_the_longest_does_not_overflow() {
        assertThat(NtpTime.delay(SECOND + SECOND / 4)).isEqualTo(0x1_4000L);
        assertThat(NtpTime.nanosOf(0x1_4000L)).isEqualTo(SECOND + SECOND / 4);
        assertThat(NtpTime.nanosOf(0xFFFF_FFFFL)).isBetween(65_535 * SECOND, 65_536 * SECOND);
        assertThat(NtpTime.delay(65_536 * SECOND)).isZero();
    }

    @Test
    void a_delay_there_and_back_is_less_by_one_part_at_most() {
        Property.forAll(
                random -> {
                    long nanos = random.between(0, Integer.MAX_VALUE) * 30L;

                    long back = NtpTime.nanosOf(NtpTime.delay(nanos));

                    assertThat(nanos - back).isBetween(0L, SECOND / 65_536 + 1);
                });
    }
}
