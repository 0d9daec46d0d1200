// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class SsrcTableTest {
    private final SsrcTable table = new SsrcTable();

    @Test
    void finds_nothing_in_the_beginning_not_even_zero() {
        assertThat(table.find(0)).isNull();
        assertThat(table.find(-1)).isNull();
        assertThat(table.count()).isZero();
    }

    @Test
    void is_full_with_as_many_ssrcs_as_the_context_names() {
        for (int i = 0; i < SrtpContext.MAX_SSRCS; i++) {
            assertThat(table.isFull()).isFalse();
            table.add(i << 20, new ReplayWindow(i));
        }

        assertThat(table.isFull()).isTrue();
        for (int i = 0; i < SrtpContext.MAX_SSRCS; i++) {
            assertThat(table.find(i << 20).highestIndex()).isEqualTo(i);
        }
    }

    @Test
    void who_is_removed_makes_room_and_the_others_stay() {
        Property.forAll(
                random -> {
                    var tested = new SsrcTable();
                    var model = new HashMap<Integer, ReplayWindow>();
                    for (int step = 0; step < 100; step++) {
                        int ssrc = random.between(-20, 20) * 0x0101_0101;
                        if (random.coin()) {
                            tested.remove(ssrc);
                            model.remove(ssrc);
                        } else if (tested.find(ssrc) == null) {
                            var window = new ReplayWindow(step);
                            tested.add(ssrc, window);
                            model.put(ssrc, window);
                        }
                        assertThat(tested.find(ssrc)).isSameAs(model.get(ssrc));
                    }
                    assertThat(tested.count()).isEqualTo(model.size());
                    model.forEach((ssrc, window) -> assertThat(tested.find(ssrc)).isSameAs(window));
                });
    }
}
