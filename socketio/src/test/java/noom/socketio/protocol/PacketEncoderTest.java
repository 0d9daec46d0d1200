// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// What the server writes.
class PacketEncoderTest {
    private static String text(Packet packet) {
        return Encoded.text(PacketEncoder.encode(packet));
    }

    private static Packet.Event event(Object... data) {
        return new Packet.Event("/", Arrays.asList(data), Packet.NO_ACK);
    }

    @Test
    void every_kind_has_its_digit_and_its_namespace() {
        assertThat(text(new Packet.Connect("/", Map.of("sid", "x")))).isEqualTo("0{\"sid\":\"x\"}");
        assertThat(text(new Packet.Connect("/n", Map.of("sid", "x"))))
                .isEqualTo("0/n,{\"sid\":\"x\"}");
        assertThat(text(new Packet.Connect("/", Map.of()))).isEqualTo("0");
        assertThat(text(new Packet.Disconnect("/"))).isEqualTo("1");
        assertThat(text(new Packet.Disconnect("/n"))).isEqualTo("1/n,");
        assertThat(text(event("a", 1))).isEqualTo("2[\"a\",1]");
        assertThat(text(new Packet.Event("/n", List.of("a"), 12))).isEqualTo("2/n,12[\"a\"]");
        assertThat(text(new Packet.Ack("/", List.of(), 456))).isEqualTo("3456[]");
        assertThat(text(new Packet.ConnectError("/n", Map.of("message", "no"))))
                .isEqualTo("4/n,{\"message\":\"no\"}");
    }

    @Test
    void byte_arrays_are_taken_out_and_numbered_depth_first() {
        var a = new byte[] {1};
        var b = new byte[] {2};
        var c = new byte[] {3};
        var nested = new LinkedHashMap<String, Object>();
        nested.put("x", List.of(b));
        nested.put("y", c);

        var encoded = PacketEncoder.encode(new Packet.Event("/n", List.of("e", a, nested), 7));

        var place = "{\"_placeholder\":true,\"num\":%d}";
        assertThat(Encoded.text(encoded))
                .isEqualTo(
                        ("53-/n,7[\"e\"," + place + ",{\"x\":[" + place + "],\"y\":" + place + "}]")
                                .formatted(0, 1, 2));
        assertThat(Encoded.attachments(encoded)).containsExactly(a, b, c);
    }

    @Test
    void an_ack_with_binary_is_of_type_6() {
        var encoded = PacketEncoder.encode(new Packet.Ack("/", List.of(new byte[0]), 1));

        assertThat(Encoded.text(encoded)).isEqualTo("61-1[{\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void numbers_are_written_as_javascript_reads_them() {
        assertThat(text(event("e", 1L, (short) 2, (byte) 3, 1.5f, 1e300)))
                .isEqualTo("2[\"e\",1,2,3,1.5,1.0E300]");
        assertThat(text(event("e", new BigInteger("9".repeat(20)), new BigDecimal("0.1"))))
                .isEqualTo("2[\"e\",99999999999999999999,0.1]");
        assertThat(text(event("e", Double.NaN, Double.POSITIVE_INFINITY)))
                .isEqualTo("2[\"e\",null,null]");
    }

    @Test
    void arrays_collections_enums_and_null_have_json() {
        assertThat(text(event("e", new Object[] {1, null}, java.util.Set.of(2), Thread.State.NEW)))
                .isEqualTo("2[\"e\",[1,null],[2],\"NEW\"]");
    }

    @Test
    void a_lone_surrogate_is_escaped_as_json_stringify_does() {
        assertThat(text(event("e", "a\uD800"))).isEqualTo("2[\"e\",\"a\\uD800\"]");
        assertThat(text(event("e", "\uDE00\uD83D"))).isEqualTo("2[\"e\",\"\\uDE00\\uD83D\"]");
        assertThat(text(event("e", "\uD83D\uDE00"))).isEqualTo("2[\"e\",\"\uD83D\uDE00\"]");
    }

    @Test
    void a_lone_surrogate_in_a_name_is_escaped_like_one_in_a_value() {
        assertThat(text(event("e", Map.of("a\uDC00", 1)))).isEqualTo("2[\"e\",{\"a\\uDC00\":1}]");
        assertThat(text(event("e", Map.of("\uD83D\uDE00", 1))))
                .isEqualTo("2[\"e\",{\"\uD83D\uDE00\":1}]");
    }

    @Test
    void a_lone_surrogate_does_not_count_an_attachment_twice() {
        var encoded = PacketEncoder.encode(event("e", new byte[] {1}, "\uD800", new byte[] {2}));

        assertThat(Encoded.text(encoded))
                .isEqualTo(
                        "52-[\"e\",{\"_placeholder\":true,\"num\":0},\"\\uD800\","
                                + "{\"_placeholder\":true,\"num\":1}]");
        assertThat(Encoded.attachments(encoded)).containsExactly(new byte[] {1}, new byte[] {2});
    }

    @Test
    void what_has_no_json_is_refused() {
        var loop = new ArrayList<Object>();
        loop.add(loop);

        assertThatThrownBy(() -> text(event("e", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no JSON for java.lang.Object");
        assertThatThrownBy(() -> text(event("e", Map.of(1, 2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> text(event("e", loop)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value is nested too deeply");
        assertThatThrownBy(() -> text(new Packet.Connect("/", Map.of("a", new byte[1]))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_was_written_is_read_again() {
        Property.forAll(
                random -> {
                    var data = new ArrayList<Object>();
                    data.add("e" + random.text());
                    for (int i = random.between(0, 4); i > 0; i--) {
                        data.add(value(random, 3));
                    }
                    long ackId = random.coin() ? random.random().nextLong(1L << 53) : -1;
                    var packet = new Packet.Event(random.coin() ? "/" : "/x y", data, ackId);
                    var encoded = PacketEncoder.encode(packet);

                    var again = PacketEncoder.encode(decode(encoded));

                    assertThat(Encoded.text(again)).isEqualTo(Encoded.text(encoded));
                    assertThat(Encoded.attachments(again))
                            .usingRecursiveComparison()
                            .isEqualTo(Encoded.attachments(encoded));
                });
    }

    private static Packet decode(EncodedPacket encoded) {
        var decoder = new PacketDecoder(new PacketLimits(1_000, 64, Long.MAX_VALUE));
        var result = decoder.receiveText(Encoded.text(encoded));
        for (var bytes : Encoded.attachments(encoded)) {
            assertThat(result).isInstanceOf(DecodeResult.Awaiting.class);
            result = decoder.receiveBinary(bytes);
        }
        assertThat(result).isInstanceOf(DecodeResult.Complete.class);
        return ((DecodeResult.Complete) result).packet();
    }

    private static Object value(Property.Case random, int depth) {
        return switch (random.between(0, depth > 0 ? 8 : 6)) {
            case 0 -> random.text();
            case 1 -> random.random().nextInt();
            case 2 -> random.random().nextLong();
            case 3 -> random.random().nextDouble();
            case 4 -> random.coin();
            case 5 -> random.bytes();
            case 6 -> {
                var map = new LinkedHashMap<String, Object>();
                for (int i = random.between(0, 4); i > 0; i--) {
                    map.put("k" + random.text(), value(random, depth - 1));
                }
                yield map;
            }
            default -> {
                var list = new ArrayList<Object>();
                for (int i = random.between(0, 4); i > 0; i--) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }
}
