// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class StunMessageTest {
    private static final byte[] ID = new byte[StunMessage.TRANSACTION_ID_BYTES];
    private static final int UNKNOWN_REQUIRED = 0x7ABC;
    private static final int UNKNOWN_OPTIONAL = 0xFABC;

    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();

    @Test
    void a_bare_header_is_the_shortest_message() {
        byte[] bytes = writer.begin(StunMessage.BINDING_REQUEST, ID).toBytes();

        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.refusal()).isNull();
        assertThat(message.wrap(bytes, 0, 19)).isFalse();
        assertThat(message.refusal()).isEqualTo(StunDrop.TOO_SHORT);
        assertThat(message.wrap(new byte[0])).isFalse();
        assertThat(message.refusal()).isEqualTo(StunDrop.TOO_SHORT);
    }

    @Test
    void takes_1500_bytes_and_not_one_word_more() {
        var fits = withLength(1_500);
        var tooLong = withLength(1_504);

        assertThat(message.wrap(fits)).isTrue();
        assertThat(message.wrap(tooLong)).isFalse();
        assertThat(message.refusal()).isEqualTo(StunDrop.TOO_LONG);
    }

    @Test
    void reads_at_an_offset() {
        var padded = new byte[7 + Rfc5769.IPV4_RESPONSE.length + 3];
        System.arraycopy(Rfc5769.IPV4_RESPONSE, 0, padded, 7, Rfc5769.IPV4_RESPONSE.length);

        assertThat(message.wrap(padded, 7, Rfc5769.IPV4_RESPONSE.length)).isTrue();
        assertThat(message.xorMappedAddress().getPort()).isEqualTo(32853);
        assertThat(MessageIntegrity.ofShortTerm(Rfc5769.PASSWORD).verifies(message)).isTrue();
    }

    @Test
    void what_begins_with_other_bits_is_another_protocol() {
        for (int firstByte : new int[] {0x40, 0x80, 0xC0, 0xFF}) {
            var bytes = Rfc5769.SAMPLE_REQUEST.clone();
            bytes[0] = (byte) firstByte;

            assertThat(message.wrap(bytes)).isFalse();
            assertThat(message.refusal()).isEqualTo(StunDrop.NOT_STUN);
        }
    }

    @Test
    void without_the_magic_cookie_it_is_not_stun() {
        var bytes = Rfc5769.SAMPLE_REQUEST.clone();
        bytes[4] ^= 1;

        assertThat(message.wrap(bytes)).isFalse();
        assertThat(message.refusal()).isEqualTo(StunDrop.BAD_COOKIE);
    }

    @Test
    void the_length_field_must_match_the_datagram() {
        var cut = Arrays.copyOf(Rfc5769.SAMPLE_REQUEST, Rfc5769.SAMPLE_REQUEST.length - 4);
        var longer = Arrays.copyOf(Rfc5769.SAMPLE_REQUEST, Rfc5769.SAMPLE_REQUEST.length + 4);
        var odd = Arrays.copyOf(Rfc5769.SAMPLE_REQUEST, Rfc5769.SAMPLE_REQUEST.length + 1);
        odd[3]++;

        for (var bytes : new byte[][] {cut, longer, odd}) {
            assertThat(message.wrap(bytes)).isFalse();
            assertThat(message.refusal()).isEqualTo(StunDrop.BAD_LENGTH);
        }
    }

    @Test
    void an_attribute_may_end_with_the_message_but_not_past_it() {
        byte[] bytes =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .attribute(StunAttribute.SOFTWARE, new byte[5])
                        .toBytes();
        assertThat(message.wrap(bytes)).isTrue();

        bytes[StunMessage.HEADER_BYTES + 3] = 8; // the padding becomes part of the value
        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.value(StunAttribute.SOFTWARE)).hasSize(8);

        bytes[StunMessage.HEADER_BYTES + 3] = 9;
        assertThat(message.wrap(bytes)).isFalse();
        assertThat(message.refusal()).isEqualTo(StunDrop.BAD_ATTRIBUTE);

        bytes[StunMessage.HEADER_BYTES + 2] = (byte) 0xFF;
        bytes[StunMessage.HEADER_BYTES + 3] = (byte) 0xFF;
        assertThat(message.wrap(bytes)).isFalse();
        assertThat(message.refusal()).isEqualTo(StunDrop.BAD_ATTRIBUTE);
    }

    @Test
    void no_message_with_a_flipped_bit_keeps_its_fingerprint() {
        int taken = 0;
        for (int i = 0; i < Rfc5769.SAMPLE_REQUEST.length * 8; i++) {
            var bytes = Rfc5769.SAMPLE_REQUEST.clone();
            bytes[i / 8] ^= (byte) (1 << i % 8);

            if (message.wrap(bytes)) {
                taken++;
                assertThat(message.has(StunAttribute.FINGERPRINT)).as("bit %d", i).isFalse();
            }
        }
        // 16 bits of the attribute's type, and a few of lengths that make a value swallow it.
        assertThat(taken).isBetween(16, 24);
    }

    @Test
    void the_fingerprint_is_last_and_four_bytes_long() {
        byte[] notLast =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .fingerprint()
                        .attribute(StunAttribute.SOFTWARE)
                        .toBytes();
        byte[] wrongSize =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .attribute(StunAttribute.FINGERPRINT, new byte[8])
                        .toBytes();

        for (var bytes : new byte[][] {notLast, wrongSize}) {
            assertThat(message.wrap(bytes)).isFalse();
            assertThat(message.refusal()).isEqualTo(StunDrop.BAD_FINGERPRINT);
        }
    }

    @Test
    void of_two_attributes_of_one_type_the_first_counts() {
        byte[] bytes =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .attribute(StunAttribute.USERNAME, (byte) 'a')
                        .attribute(StunAttribute.USERNAME, (byte) 'b')
                        .toBytes();

        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.value(StunAttribute.USERNAME)).containsExactly('a');
    }

    @Test
    void what_follows_the_integrity_is_invisible_but_for_the_longer_one_and_the_fingerprint() {
        byte[] bytes =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .messageIntegrity(MessageIntegrity.ofShortTerm("key"))
                        .attribute(StunAttribute.USERNAME, (byte) 'a')
                        .attribute(StunAttribute.MESSAGE_INTEGRITY_SHA256, new byte[32])
                        .attribute(UNKNOWN_REQUIRED)
                        .attribute(StunAttribute.MESSAGE_INTEGRITY, new byte[20])
                        .fingerprint()
                        .toBytes();

        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.has(StunAttribute.USERNAME)).isFalse();
        assertThat(message.has(StunAttribute.MESSAGE_INTEGRITY_SHA256)).isTrue();
        assertThat(message.has(StunAttribute.FINGERPRINT)).isTrue();
        assertThat(message.unknownRequired()).isEmpty();
        assertThat(MessageIntegrity.ofShortTerm("key").verifies(message)).isTrue();
    }

    @Test
    void names_the_unknown_attributes_that_must_be_understood() {
        byte[] bytes =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .attribute(UNKNOWN_OPTIONAL)
                        .attribute(UNKNOWN_REQUIRED)
                        .attribute(StunAttribute.PRIORITY, new byte[4])
                        .attribute(0x0003, new byte[4]) // CHANGE-REQUEST of RFC 5780
                        .toBytes();

        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.unknownRequired()).containsExactly(UNKNOWN_REQUIRED, 0x0003);
    }

    @Test
    void an_address_of_a_strange_shape_is_no_address() {
        for (var value :
                new byte[][] {
                    {},
                    {0, 1},
                    {0, 1, 0, 0, 1, 2, 3},
                    {0, 1, 0, 0, 1, 2, 3, 4, 5},
                    {0, 3, 0, 0, 1, 2, 3, 4},
                    {0, 2, 0, 0, 1, 2, 3, 4}
                }) {
            byte[] bytes =
                    writer.begin(StunMessage.BINDING_SUCCESS, ID)
                            .attribute(StunAttribute.XOR_MAPPED_ADDRESS, value)
                            .toBytes();

            assertThat(message.wrap(bytes)).isTrue();
            assertThat(message.xorMappedAddress()).isNull();
        }
    }

    @Test
    void an_integrity_of_a_wrong_size_does_not_verify() {
        var key = MessageIntegrity.ofShortTerm("key");
        for (int sizeBytes : new int[] {0, 19, 21}) {
            byte[] bytes =
                    writer.begin(StunMessage.BINDING_REQUEST, ID)
                            .attribute(StunAttribute.MESSAGE_INTEGRITY, new byte[sizeBytes])
                            .toBytes();

            assertThat(message.wrap(bytes)).isTrue();
            assertThat(key.verifies(message)).isFalse();
        }
        assertThat(message.wrap(writer.begin(1, ID).toBytes())).isTrue();
        assertThat(key.verifies(message)).isFalse();
    }

    @Test
    void random_bytes_never_throw_and_never_change() {
        Property.forAll(
                random -> {
                    var bytes = random.bytes();
                    if (bytes.length >= 8 && random.coin()) {
                        System.arraycopy(Rfc5769.SAMPLE_REQUEST, 0, bytes, 0, 8);
                        bytes[3] = (byte) (bytes.length - StunMessage.HEADER_BYTES);
                    }
                    var before = bytes.clone();

                    boolean taken = new StunMessage().wrap(bytes);

                    assertThat(taken && bytes.length < StunMessage.HEADER_BYTES).isFalse();
                    assertThat(bytes).isEqualTo(before);
                });
    }

    private byte[] withLength(int lengthBytes) {
        var bytes = new byte[lengthBytes];
        byte[] head = writer.begin(StunMessage.BINDING_REQUEST, ID).toBytes();
        System.arraycopy(head, 0, bytes, 0, head.length);
        put16(bytes, 2, lengthBytes - 20);
        put16(bytes, 20, StunAttribute.SOFTWARE);
        put16(bytes, 22, lengthBytes - 24);
        return bytes;
    }

    private static void put16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }
}
