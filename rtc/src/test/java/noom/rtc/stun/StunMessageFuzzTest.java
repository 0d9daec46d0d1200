// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;

/// Hostile bytes: only the declared refusal, input unchanged, rewriting is stable.
///
/// `./noom test` runs the saved inputs and searches briefly, `./noom deep fuzz` for long.
class StunMessageFuzzTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("192.0.2.7", 40_000);
    private static final MessageIntegrity KEY = MessageIntegrity.ofShortTerm(Rfc5769.PASSWORD);

    @FuzzTest(maxDuration = "")
    void any_bytes_are_refused_or_understood(byte[] bytes) {
        var before = bytes.clone();
        var message = new StunMessage();

        boolean taken = message.wrap(bytes);

        assertThat(message.refusal() == null).isEqualTo(taken);
        if (taken) {
            readAll(message);
            byte[] once = rewrite(message);
            assertThat(new StunMessage().wrap(once)).isTrue();
            message.wrap(once);
            assertThat(rewrite(message)).isEqualTo(once);
        }
        byte[] answer = new StunResponder(0).answer(bytes, SOURCE, 0);
        if (answer != null) {
            assertThat(answer.length).isLessThanOrEqualTo(Math.max(32, bytes.length));
            assertThat(new StunResponder(0).answer(answer, SOURCE, 0)).isNull();
        }
        assertThat(bytes).isEqualTo(before);
    }

    private static void readAll(StunMessage message) {
        message.transactionId();
        message.xorMappedAddress();
        message.unknownRequired();
        KEY.verifies(message);
        message.forEachAttribute(
                (type, _, _, valueBytes) -> {
                    assertThat(message.has(type)).isTrue();
                    assertThat(valueBytes).isLessThan(StunMessage.MAX_MESSAGE_BYTES);
                });
    }

    private static byte[] rewrite(StunMessage message) {
        var writer = new StunWriter().begin(message.type(), message.transactionId());
        message.forEachAttribute(
                (type, bytes, offset, valueBytes) -> {
                    if (type == StunAttribute.FINGERPRINT) {
                        writer.fingerprint();
                    } else {
                        writer.attribute(type, bytes, offset, valueBytes);
                    }
                });
        return writer.toBytes();
    }
}
