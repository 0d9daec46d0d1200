// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class Rfc5769Test {
    private static final byte[] TRANSACTION_ID = Rfc5769.hex("b7e7a701bc34d686fa87dfae");

    private final StunMessage message = new StunMessage();
    private final MessageIntegrity shortTerm = MessageIntegrity.ofShortTerm(Rfc5769.PASSWORD);

    @Test
    void reads_the_sample_request() {
        assertThat(message.wrap(Rfc5769.SAMPLE_REQUEST)).isTrue();

        assertThat(message.type()).isEqualTo(StunMessage.BINDING_REQUEST);
        assertThat(message.lengthBytes()).isEqualTo(108);
        assertThat(message.transactionId()).isEqualTo(TRANSACTION_ID);
        assertThat(message.value(StunAttribute.SOFTWARE))
                .asString(UTF_8)
                .isEqualTo("STUN test client");
        assertThat(message.value(StunAttribute.PRIORITY)).containsExactly(0x6e, 0, 1, 0xff);
        assertThat(message.value(StunAttribute.ICE_CONTROLLED))
                .isEqualTo(Rfc5769.hex("932ff9b151263b36"));
        assertThat(message.value(StunAttribute.USERNAME)).asString(UTF_8).isEqualTo("evtj:h6vY");
        assertThat(shortTerm.verifies(message)).isTrue();
    }

    @Test
    void reads_the_ipv4_response() {
        assertThat(message.wrap(Rfc5769.IPV4_RESPONSE)).isTrue();

        assertThat(message.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(message.value(StunAttribute.SOFTWARE)).asString(UTF_8).isEqualTo("test vector");
        assertThat(message.xorMappedAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(shortTerm.verifies(message)).isTrue();
    }

    @Test
    void reads_the_ipv6_response() {
        assertThat(message.wrap(Rfc5769.IPV6_RESPONSE)).isTrue();

        assertThat(message.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(message.xorMappedAddress())
                .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(shortTerm.verifies(message)).isTrue();
    }

    @Test
    void checks_the_request_with_long_term_authentication() {
        // The password is what SASLprep makes of the vector's "The<U+00AD>M<U+00AA>tr<U+2168>".
        var longTerm = MessageIntegrity.ofLongTerm("マトリックス", "example.org", "TheMatrIX");

        assertThat(message.wrap(Rfc5769.LONG_TERM_REQUEST)).isTrue();

        assertThat(message.value(StunAttribute.USERNAME)).asString(UTF_8).isEqualTo("マトリックス");
        assertThat(longTerm.verifies(message)).isTrue();
    }

    @Test
    void writes_the_request_with_long_term_authentication_byte_for_byte() {
        var longTerm = MessageIntegrity.ofLongTerm("マトリックス", "example.org", "TheMatrIX");

        byte[] written =
                new StunWriter()
                        .begin(StunMessage.BINDING_REQUEST, Rfc5769.hex("78ad3433c6ad72c029da412e"))
                        .attribute(StunAttribute.USERNAME, "マトリックス".getBytes(UTF_8))
                        .attribute(
                                StunAttribute.NONCE, "f//499k954d6OL34oL9FSTvy64sA".getBytes(UTF_8))
                        .attribute(StunAttribute.REALM, "example.org".getBytes(UTF_8))
                        .messageIntegrity(longTerm)
                        .toBytes();

        assertThat(written).isEqualTo(Rfc5769.LONG_TERM_REQUEST);
    }

    @Test
    void writes_the_addresses_of_both_responses_byte_for_byte() {
        // The vectors pad SOFTWARE with spaces and we with zeros, so only the address is compared.
        for (var vector : new byte[][] {Rfc5769.IPV4_RESPONSE, Rfc5769.IPV6_RESPONSE}) {
            assertThat(message.wrap(vector)).isTrue();
            var address = message.xorMappedAddress();
            var value = message.value(StunAttribute.XOR_MAPPED_ADDRESS);

            byte[] written =
                    new StunWriter()
                            .begin(StunMessage.BINDING_SUCCESS, TRANSACTION_ID)
                            .xorMappedAddress(address)
                            .toBytes();

            assertThat(message.wrap(written)).isTrue();
            assertThat(message.value(StunAttribute.XOR_MAPPED_ADDRESS)).isEqualTo(value);
        }
    }

    @Test
    void another_password_does_not_verify() {
        assertThat(message.wrap(Rfc5769.SAMPLE_REQUEST)).isTrue();

        assertThat(MessageIntegrity.ofShortTerm("another").verifies(message)).isFalse();
    }
}
