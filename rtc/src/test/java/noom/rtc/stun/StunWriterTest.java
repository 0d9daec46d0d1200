// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.BufferOverflowException;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class StunWriterTest {
    private static final byte[] ID = Rfc5769.hex("000102030405060708090a0b");

    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();

    @Test
    void pads_every_value_with_zeros_to_a_multiple_of_four() {
        for (int sizeBytes = 0; sizeBytes <= 8; sizeBytes++) {
            byte[] bytes =
                    writer.begin(StunMessage.BINDING_REQUEST, ID)
                            .attribute(StunAttribute.SOFTWARE, new byte[sizeBytes])
                            .toBytes();

            assertThat(bytes.length).isEqualTo(24 + (sizeBytes + 3) / 4 * 4);
            assertThat(message.wrap(bytes)).isTrue();
            assertThat(message.value(StunAttribute.SOFTWARE)).hasSize(sizeBytes);
        }
    }

    @Test
    void writes_nothing_of_the_message_before() {
        writer.begin(StunMessage.BINDING_REQUEST, ID)
                .attribute(StunAttribute.SOFTWARE, (byte) 1, (byte) 2, (byte) 3, (byte) 4);

        byte[] bytes =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .attribute(StunAttribute.SOFTWARE, (byte) 9)
                        .toBytes();

        assertThat(bytes).hasSize(28).endsWith(9, 0, 0, 0);
    }

    @Test
    void holds_1500_bytes_and_not_one_more() {
        var fits = new byte[1_500 - 24];
        var tooLong = new byte[1_500 - 24 + 1];

        assertThat(writer.begin(1, ID).attribute(StunAttribute.SOFTWARE, fits).toBytes())
                .hasSize(1_500);
        writer.begin(1, ID);
        assertThatThrownBy(() -> writer.attribute(StunAttribute.SOFTWARE, tooLong))
                .isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void refuses_a_transaction_id_of_another_size() {
        for (int sizeBytes : new int[] {0, 11, 13}) {
            assertThatThrownBy(() -> writer.begin(1, new byte[sizeBytes]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void error_codes_are_from_300_to_699() {
        assertThat(writer.begin(StunMessage.BINDING_ERROR, ID).errorCode(300).toBytes())
                .endsWith(3, 0);
        assertThat(writer.begin(StunMessage.BINDING_ERROR, ID).errorCode(699).toBytes())
                .endsWith(6, 99);
        assertThatThrownBy(() -> writer.errorCode(299))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.errorCode(700))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signs_and_fingerprints_what_it_wrote() {
        var key = MessageIntegrity.ofShortTerm("secret");

        byte[] bytes =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .attribute(StunAttribute.USERNAME, (byte) 'u')
                        .messageIntegrity(key)
                        .fingerprint()
                        .toBytes();

        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.has(StunAttribute.FINGERPRINT)).isTrue();
        assertThat(key.verifies(message)).isTrue();
    }

    @Test
    void every_address_comes_back() {
        Property.forAll(
                random -> {
                    var ip = new byte[random.coin() ? 4 : 16];
                    random.random().nextBytes(ip);
                    var id = new byte[StunMessage.TRANSACTION_ID_BYTES];
                    random.random().nextBytes(id);
                    var address =
                            new InetSocketAddress(
                                    InetAddress.getByAddress(ip), random.between(0, 65_536));

                    byte[] bytes =
                            writer.begin(StunMessage.BINDING_SUCCESS, id)
                                    .xorMappedAddress(address)
                                    .toBytes();

                    assertThat(message.wrap(bytes)).isTrue();
                    assertThat(message.xorMappedAddress()).isEqualTo(address);
                    assertThat(bytes)
                            .hasSize(address.getAddress() instanceof Inet4Address ? 32 : 44);
                });
    }
}
