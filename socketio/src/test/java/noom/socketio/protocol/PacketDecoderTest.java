// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trap 10 of the protocol: the grammar of a packet.
class PacketDecoderTest {
    private final PacketDecoder decoder = new PacketDecoder(PacketLimits.DEFAULT);

    private Packet decode(String text) {
        var result = decoder.receiveText(text);
        assertThat(result).as(text).isInstanceOf(DecodeResult.Complete.class);
        return ((DecodeResult.Complete) result).packet();
    }

    private static Packet.Event event(String namespace, long ackId, Object... data) {
        return new Packet.Event(namespace, List.of(data), ackId);
    }

    @Test
    void a_client_connects_with_or_without_a_namespace_and_a_payload() {
        assertThat(decode("0")).isEqualTo(new Packet.Connect("/", Map.of()));
        assertThat(decode("0{\"a\":1}")).isEqualTo(new Packet.Connect("/", Map.of("a", 1)));
        assertThat(decode("0/x,")).isEqualTo(new Packet.Connect("/x", Map.of()));
        assertThat(decode("0/x")).isEqualTo(new Packet.Connect("/x", Map.of()));
        assertThat(decode("0/x,{}")).isEqualTo(new Packet.Connect("/x", Map.of()));
    }

    @Test
    void a_namespace_may_end_with_the_text() {
        assertThat(decode("1/custom")).isEqualTo(new Packet.Disconnect("/custom"));
        assertThat(decode("1/custom,")).isEqualTo(new Packet.Disconnect("/custom"));
        assertThat(decode("1")).isEqualTo(new Packet.Disconnect("/"));
    }

    @Test
    void events_carry_a_namespace_an_ack_id_and_arguments() {
        assertThat(decode("2[\"a\"]")).isEqualTo(event("/", -1, "a"));
        assertThat(decode("212[\"a\",1]")).isEqualTo(event("/", 12, "a", 1));
        assertThat(decode("2/n,7[\"a\",{\"b\":[true]}]"))
                .isEqualTo(event("/n", 7, "a", Map.of("b", List.of(true))));
        assertThat(decode("2/n,[\"a\"]")).isEqualTo(event("/n", -1, "a"));
    }

    @Test
    void an_event_may_be_named_by_a_number() {
        assertThat(decode("2[7,\"x\"]")).isEqualTo(event("/", -1, 7, "x"));
    }

    @Test
    void an_ack_may_be_empty() {
        assertThat(decode("30[]")).isEqualTo(new Packet.Ack("/", List.of(), 0));
        assertThat(decode("3/n,5[1]")).isEqualTo(new Packet.Ack("/n", List.of(1), 5));
    }

    @Test
    void an_ack_id_may_exceed_32_bits_up_to_what_javascript_counts() {
        assertThat(decode("29007199254740991[\"a\"]")).isEqualTo(event("/", (1L << 53) - 1, "a"));
        assertThat(decoder.receiveText("29007199254740992[\"a\"]"))
                .isEqualTo(new DecodeResult.Malformed("ack id too large"));
        assertThat(decoder.receiveText("2" + "1".repeat(17) + "[\"a\"]"))
                .isEqualTo(new DecodeResult.Malformed("number too long"));
    }

    @Test
    void json_values_become_plain_objects() {
        var packet =
                (Packet.Event)
                        decode(
                                "2[\"e\",1,2147483648,123456789012345678901234567890,1.5,\"\\u00e9\",null,false]");

        assertThat(packet.data())
                .containsExactly(
                        "e",
                        1,
                        2_147_483_648L,
                        new BigInteger("123456789012345678901234567890"),
                        1.5,
                        "é",
                        null,
                        false);
    }

    @Test
    void an_object_that_looks_like_a_placeholder_stays_one_in_a_text_packet() {
        var packet = (Packet.Event) decode("2[\"e\",{\"_placeholder\":true,\"num\":0}]");

        assertThat(packet.data().get(1)).isEqualTo(Map.of("_placeholder", true, "num", 0));
    }

    @Test
    void of_equal_keys_the_last_counts_and_odd_keys_are_only_keys() {
        var packet =
                (Packet.Event) decode("2[\"e\",{\"a\":1,\"a\":2,\"__proto__\":{\"x\":1},\"\":3}]");

        assertThat(packet.data().get(1))
                .isEqualTo(Map.of("a", 2, "__proto__", Map.of("x", 1), "", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "7",
                "-1",
                "9[\"a\"]",
                " 2[\"a\"]",
                "0[]",
                "0\"a\"",
                "0null",
                "01",
                "0/x,[]",
                "012{}",
                "1{}",
                "1[]",
                "1\"\"",
                "1/x,{}",
                "13",
                "2",
                "2{}",
                "2[]",
                "2[null]",
                "2[{}]",
                "2[[\"a\"]]",
                "2[true]",
                "2[1e999]",
                "2\"a\"",
                "2null",
                "2[\"a\"",
                "2[\"a\"]]",
                "2[\"a\"] x",
                "2[\"a\",]",
                "2['a']",
                "2[\"a\",NaN]",
                "2[\"a\",01]",
                "2[\"a\tb\"]",
                "2/x[\"a\"]",
                "2abc[\"a\"]",
                "2-1[\"a\"]",
                "2[\"connect\"]",
                "2[\"connect_error\"]",
                "2[\"disconnect\"]",
                "2[\"disconnecting\"]",
                "2[\"newListener\"]",
                "2[\"removeListener\"]",
                "3",
                "3[]",
                "31",
                "31{}",
                "31null",
                "3/x,[]",
                "4",
                "4[]",
                "4\"old\"",
                "41{}",
                "5",
                "5[\"a\"]",
                "51[\"a\"]",
                "5-[\"a\"]",
                "5a-[\"a\"]",
                "51.5-[\"a\"]",
                "5-1-[\"a\"]",
                "511-[\"a\"]",
                "51e0-[\"a\"]",
                "59999999999-[\"a\"]",
                "50-",
                "50-[]",
                "50-{}",
                "60-[]",
                "61-[]"
            })
    void anything_else_is_malformed(String text) {
        assertThat(decoder.receiveText(text)).isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void json_as_deep_as_allowed_is_taken_and_one_deeper_is_not() {
        var shallow = new PacketDecoder(new PacketLimits(10, 16, Long.MAX_VALUE));
        var deepest = "2[\"a\"," + "[".repeat(15) + "]".repeat(15) + "]";
        var deeper = "2[\"a\"," + "[".repeat(16) + "]".repeat(16) + "]";

        assertThat(shallow.receiveText(deepest)).isInstanceOf(DecodeResult.Complete.class);
        assertThat(shallow.receiveText(deeper)).isInstanceOf(DecodeResult.Malformed.class);
        assertThat(shallow.receiveText("2[" + "[".repeat(100_000)))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void a_refusal_never_repeats_what_the_client_sent() {
        var result = decoder.receiveText("2[\"secret\",}");

        assertThat(result.toString()).doesNotContain("secret");
    }
}
