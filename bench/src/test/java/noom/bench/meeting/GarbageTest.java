// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import noom.rtc.Demux;
import noom.rtc.ice.IceLite;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import org.junit.jupiter.api.Test;

class GarbageTest {
    private final Garbage garbage = new Garbage(new SplittableRandom(1));

    private byte[] next() {
        var next = garbage.next();
        var bytes = new byte[next.remaining()];
        next.get(bytes);
        return bytes;
    }

    @Test
    void it_looks_like_each_protocol_as_often() {
        var seen = new EnumMap<Demux, Integer>(Demux.class);

        for (int i = 0; i < 300; i++) {
            byte[] next = next();
            seen.merge(Demux.of(next, 0, next.length), 1, Integer::sum);
        }

        assertThat(seen)
                .containsOnly(
                        Map.entry(Demux.STUN, 100),
                        Map.entry(Demux.DTLS, 100),
                        Map.entry(Demux.RTP, 100));
    }

    @Test
    void what_looks_like_a_check_is_well_formed_and_names_somebody_new_each_time() {
        var names = new HashSet<String>();
        var message = new StunMessage();

        for (int i = 0; i < 30; i++) {
            byte[] next = next();
            if (i % 3 == 0) {
                assertThat(message.wrap(next)).isTrue();
                assertThat(message.has(StunAttribute.MESSAGE_INTEGRITY)).isTrue();
                names.add(IceLite.ufragOf(message));
            }
        }

        assertThat(names).hasSize(10).doesNotContainNull();
    }
}
