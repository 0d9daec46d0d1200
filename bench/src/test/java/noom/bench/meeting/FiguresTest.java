// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    private static Figures of(long delivered, double media, long server, long clients) {
        return new Figures(
                2,
                10,
                100,
                1_000,
                delivered,
                0,
                new Delays(),
                new Delays(),
                new Figures.Cores(1, new Proc.ThreadTime("media", media), 1),
                new Proc.Drops(server, clients));
    }

    @Test
    void loss_is_what_is_missing_of_what_was_expected() {
        assertThat(of(990, 0, 0, 0).loss()).isEqualTo(0.01);
        assertThat(of(990, 0, 0, 0).deliveredPerSecond()).isEqualTo(495);
        assertThat(of(1_000, 0, 0, 0).loss()).isZero();
    }

    @Test
    void too_much_is_what_loses_more_than_it_may_or_leaves_no_time() {
        assertThat(of(996, 0.94, 0, 0).isTooMuch()).isFalse();
        assertThat(of(994, 0.94, 0, 0).isTooMuch()).isTrue();
        assertThat(of(996, 0.95, 0, 0).isTooMuch()).isTrue();
    }

    @Test
    void who_limits_is_told_by_where_packets_were_dropped() {
        assertThat(of(1_000, 0.99, 0, 0).limitedBy()).contains("thread media");
        assertThat(of(1_000, 0.5, 0, 0).limitedBy()).isEqualTo("nothing yet");
        assertThat(of(900, 0.5, 9, 10).limitedBy()).startsWith("the clients");
        assertThat(of(900, 0.5, 10, 9).limitedBy()).startsWith("the server's socket");
        assertThat(of(900, 0.5, 0, 0).limitedBy()).startsWith("something between");
    }
}
