// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.SplittableRandom;
import noom.rtc.Demux;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import org.junit.jupiter.api.Test;

class GarbageTest {
    private final Garbage garbage = new Garbage(new SplittableRandom(1));

    @Test
    void it_looks_like_each_protocol_as_often() {
        var seen = new EnumMap<Demux, Integer>(Demux.class);

        for (int i = 0; i < 300; i++) {
            var next = garbage.next();
            seen.merge(Demux.of(next.array(), 0, next.remaining()), 1, Integer::sum);
        }

        assertThat(seen)
                .containsOnly(
                        java.util.Map.entry(Demux.STUN, 100),
                        java.util.Map.entry(Demux.DTLS, 100),
                        java.util.Map.entry(Demux.RTP, 100));
    }

    @Test
    void what_looks_like_a_check_is_well_formed_and_names_somebody_new_each_time() {
        var names = new HashSet<String>();
        var message = new StunMessage();

        for (int i = 0; i < 30; i++) {
            var next = garbage.next();
            if (i % 3 == 0) {
                assertThat(message.wrap(next.array(), 0, next.remaining())).isTrue();
                assertThat(message.has(StunAttribute.MESSAGE_INTEGRITY)).isTrue();
                names.add(noom.rtc.ice.IceLite.ufragOf(message));
            }
        }

        assertThat(names).hasSize(10).doesNotContainNull();
    }
}
