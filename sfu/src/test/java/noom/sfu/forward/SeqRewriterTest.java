// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeqRewriterTest {
    private final SeqRewriter seqs = new SeqRewriter(16, 100);

    @Test
    void numbers_begin_where_told_and_go_on() {
        assertThat(seqs.isSynced()).isFalse();
        assertThat(seqs.maxOut()).isEqualTo(99);

        seqs.resync(5_000, 16, false);

        assertThat(seqs.isSynced()).isTrue();
        assertThat(seqs.rewrite(5_000)).isEqualTo(100);
        assertThat(seqs.rewrite(5_001)).isEqualTo(101);
        assertThat(seqs.maxOut()).isEqualTo(101);
    }

    @Test
    void what_is_left_out_leaves_no_hole_and_what_is_lost_does() {
        seqs.resync(10, 16, false);

        assertThat(seqs.rewrite(10)).isEqualTo(100);
        seqs.drop(11);
        seqs.drop(12);
        assertThat(seqs.rewrite(13)).isEqualTo(101);
        assertThat(seqs.rewrite(15)).isEqualTo(103);
        assertThat(seqs.rewrite(14)).isEqualTo(102);
    }

    @Test
    void what_was_left_out_stays_left_out() {
        seqs.resync(10, 16, false);
        seqs.rewrite(10);
        seqs.drop(11);
        seqs.drop(11);
        seqs.rewrite(12);

        assertThat(seqs.rewrite(11)).isEqualTo(SeqRewriter.DROPPED);
        assertThat(seqs.rewrite(13)).isEqualTo(102);
    }

    @Test
    void what_is_left_out_too_late_leaves_its_hole() {
        seqs.resync(10, 16, false);
        seqs.rewrite(10);
        seqs.rewrite(12);

        seqs.drop(11);

        assertThat(seqs.rewrite(11)).isEqualTo(SeqRewriter.DROPPED);
        assertThat(seqs.rewrite(13)).isEqualTo(103);
    }

    @Test
    void two_left_out_in_the_wrong_order_leave_no_hole() {
        seqs.resync(10, 16, false);
        seqs.rewrite(10);
        seqs.drop(12);
        seqs.drop(11);

        assertThat(seqs.rewrite(13)).isEqualTo(101);
    }

    @Test
    void another_source_goes_on_after_the_last_and_skips_one_if_that_was_cut() {
        seqs.resync(10, 16, false);
        seqs.rewrite(10);

        seqs.resync(60_000, 16, false);
        assertThat(seqs.rewrite(60_000)).isEqualTo(101);
        assertThat(seqs.rewrite(59_999)).isEqualTo(SeqRewriter.DROPPED);

        seqs.resync(7, 16, true);
        assertThat(seqs.rewrite(7)).isEqualTo(103);
    }

    @Test
    void numbers_wrap_on_both_sides() {
        var wrapping = new SeqRewriter(16, 65_535);
        wrapping.resync(65_534, 16, false);

        assertThat(wrapping.rewrite(65_534)).isEqualTo(65_535);
        assertThat(wrapping.rewrite(65_535)).isZero();
        wrapping.drop(0);
        assertThat(wrapping.rewrite(1)).isEqualTo(1);
    }

    @Test
    void numbers_of_seven_bits_become_numbers_of_fifteen() {
        var pictures = new SeqRewriter(15, 32_767);
        pictures.resync(126, 7, false);

        assertThat(pictures.rewrite(126)).isEqualTo(32_767);
        assertThat(pictures.rewrite(127)).isZero();
        assertThat(pictures.rewrite(0)).isEqualTo(1);
        assertThat(pictures.rewrite(127)).isZero();
    }

    @Test
    void what_comes_very_late_is_not_sent() {
        seqs.resync(10, 16, false);
        seqs.rewrite(10);
        seqs.rewrite(10 + SeqRewriter.WINDOW);

        assertThat(seqs.rewrite(11)).isEqualTo(101);
        seqs.rewrite(12 + SeqRewriter.WINDOW);
        assertThat(seqs.rewrite(12)).isEqualTo(SeqRewriter.DROPPED);
    }

    @Test
    void after_a_long_gap_old_marks_are_forgotten() {
        seqs.resync(0, 16, false);
        seqs.rewrite(0);
        seqs.drop(1);
        seqs.drop(2);
        seqs.rewrite(5_000);

        assertThat(seqs.rewrite(5_000 - SeqRewriter.WINDOW + 1))
                .isEqualTo(100 + 5_000 - SeqRewriter.WINDOW + 1 - 2);
        seqs.drop(5_001);
        assertThat(seqs.rewrite(5_002)).isEqualTo(100 + 5_002 - 3);
    }
}
