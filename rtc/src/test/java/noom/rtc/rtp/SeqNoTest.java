// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class SeqNoTest {
    private record Row(int from, int to, int distance) {}

    @Test
    void the_distance_goes_the_short_way_round() {
        var rows =
                List.of(
                        new Row(0, 0, 0),
                        new Row(0, 1, 1),
                        new Row(1, 0, -1),
                        new Row(65_535, 0, 1),
                        new Row(0, 65_535, -1),
                        new Row(65_530, 5, 11),
                        new Row(5, 65_530, -11),
                        new Row(0, 32_767, 32_767),
                        new Row(0, 32_768, -32_768),
                        new Row(32_768, 0, -32_768),
                        new Row(0, 32_769, -32_767));
        for (var row : rows) {
            assertThat(SeqNo.distance(row.from, row.to)).as("%s", row).isEqualTo(row.distance);
            assertThat(new SeqNo(row.from).distanceTo(new SeqNo(row.to))).isEqualTo(row.distance);
            assertThat(new SeqNo(row.to).isAfter(new SeqNo(row.from))).isEqualTo(row.distance > 0);
        }
    }

    @Test
    void of_two_half_the_circle_apart_neither_is_after_the_other() {
        assertThat(new SeqNo(0).isAfter(new SeqNo(32_768))).isFalse();
        assertThat(new SeqNo(32_768).isAfter(new SeqNo(0))).isFalse();
    }

    @Test
    void zero_follows_the_last() {
        assertThat(new SeqNo(65_535).plus(1)).isEqualTo(new SeqNo(0));
        assertThat(new SeqNo(0).plus(-1)).isEqualTo(new SeqNo(65_535));
        assertThat(new SeqNo(1).plus(Integer.MAX_VALUE)).isEqualTo(new SeqNo(0));
        assertThat(SeqNo.ofLowBits(0x1_2345L)).isEqualTo(new SeqNo(0x2345));
        assertThat(SeqNo.ofLowBits(-1)).isEqualTo(new SeqNo(65_535));
    }

    @Test
    void more_than_16_bits_are_a_mistake_of_the_caller() {
        assertThatThrownBy(() -> new SeqNo(65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SeqNo(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void going_a_distance_and_measuring_it_agree() {
        Property.forAll(
                random -> {
                    var from = new SeqNo(random.between(0, 65_536));
                    int distance = random.between(-32_768, 32_768);

                    var to = from.plus(distance);

                    assertThat(from.distanceTo(to)).isEqualTo(distance);
                    assertThat(to.plus(-distance)).isEqualTo(from);
                    assertThat(to.isAfter(from)).isEqualTo(distance > 0);
                });
    }
}
