// SPDX-License-Identifier: Apache-2.0
package noom.bench.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import org.junit.jupiter.api.Test;

class FanOutTest {
    @Test
    void each_receiver_gets_what_it_alone_can_read() {
        var source = new FanOut.Source();
        var packet = new byte[SrtpContext.MAX_PACKET_BYTES];
        int lengthBytes = source.next(packet, true, true);
        List<byte[]> sent = new ArrayList<>();

        new FanOut()
                .forward(
                        packet,
                        0,
                        lengthBytes,
                        (bytes, count, to) -> {
                            assertThat(to).isEqualTo(sent.size());
                            sent.add(java.util.Arrays.copyOf(bytes, count));
                        });

        assertThat(sent).hasSize(FanOut.RECEIVERS);
        for (int i = 0; i < FanOut.RECEIVERS; i++) {
            var own = FanOut.context(1 + i, DtlsRole.CLIENT);
            var other = FanOut.context(2 + i, DtlsRole.CLIENT);
            var plain = new byte[SrtpContext.MAX_PACKET_BYTES];
            var bytes = sent.get(i);
            assertThat(other.receiver().unprotectRtp(bytes, 0, bytes.length, plain, 0))
                    .isNegative();
            assertThat(own.receiver().unprotectRtp(bytes, 0, bytes.length, plain, 0))
                    .isEqualTo(FanOut.PACKET_BYTES);
            assertThat(ByteBuffer.wrap(plain).getInt(8)).isEqualTo(1_000 + i);
        }
    }
}
