// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {
    private final Mark mark = new Mark();

    @Test
    void what_was_written_is_read() {
        var payload = new byte[Mark.BYTES + 7];

        Mark.write(payload, 5, 1L << 40, -12);

        assertThat(mark.read(payload, 5, Mark.BYTES + 2)).isTrue();
        assertThat(mark.number()).isEqualTo(1L << 40);
        assertThat(mark.sentNanos()).isEqualTo(-12);
    }

    @Test
    void what_is_cut_or_something_else_is_none() {
        var payload = new byte[Mark.BYTES];
        Mark.write(payload, 0, 1, 2);

        assertThat(mark.read(payload, 0, Mark.BYTES - 1)).isFalse();
        payload[3] ^= 1;
        assertThat(mark.read(payload, 0, Mark.BYTES)).isFalse();
    }
}
