// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/// Hostile bytes: only the declared refusal, input unchanged, and what was read is written
/// as it reads.
class CompoundReaderFuzzTest {
    @FuzzTest(maxDuration = "")
    void any_bytes_are_refused_or_understood(byte[] bytes) {
        var before = bytes.clone();
        var reader = new CompoundReader();

        boolean isTaken = reader.read(bytes);

        assertThat(reader.refusal() == null).isEqualTo(isTaken);
        assertThat(bytes).isEqualTo(before);
        var packets = List.copyOf(reader.packets());
        assertThat(packets.size()).isLessThanOrEqualTo(bytes.length / 4);
        for (var packet : packets) {
            lookInto(packet);
            var out = new byte[8_192];
            var writer = new CompoundWriter();
            assertThat(writer.begin(out, 0, out.length).add(packet)).isTrue();
            if (writer.lengthBytes() <= CompoundReader.MAX_COMPOUND_BYTES) {
                assertThat(reader.read(out, 0, writer.lengthBytes())).isTrue();
                assertThat(reader.packets()).containsExactly(packet);
            }
        }
    }

    private static void lookInto(Rtcp packet) {
        if (packet instanceof Rtcp.Nack nack) {
            nack.forEachLost(seq -> assertThat(seq).isBetween(0, 65_535));
        } else if (packet instanceof Rtcp.Arrivals arrivals) {
            var feedback = arrivals.feedback();
            int[] count = {0};
            feedback.forEachArrival((_, _) -> count[0]++);
            assertThat(count[0]).isEqualTo(feedback.arrivedCount());
            assertThat(count[0]).isLessThanOrEqualTo(feedback.statusCount());
        }
    }
}
