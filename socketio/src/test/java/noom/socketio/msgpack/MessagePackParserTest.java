// SPDX-License-Identifier: Apache-2.0
package noom.socketio.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import noom.socketio.protocol.DecodeResult;
import noom.socketio.protocol.EncodedPacket;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.PacketLimits;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The packets of `socket.io-msgpack-parser`, and what is refused.
class MessagePackParserTest {
    private static final MessagePackParser PARSER = MessagePackParser.INSTANCE;

    private static byte[] encode(Packet packet) {
        var messages = PARSER.encode(packet).messages();
        assertThat(messages).hasSize(1);
        return ((EncodedPacket.Binary) messages.getFirst()).bytes();
    }

    private static byte[] write(Object value) {
        var writer = new MessagePackWriter();
        writer.write(value);
        return writer.toBytes();
    }

    private static DecodeResult decode(byte[] bytes, PacketLimits limits) {
        return PARSER.newDecoder(limits).receiveBinary(bytes);
    }

    private static Packet decoded(byte[] bytes) {
        var result = decode(bytes, PacketLimits.DEFAULT);
        assertThat(result).isInstanceOf(DecodeResult.Complete.class);
        return ((DecodeResult.Complete) result).packet();
    }

    private static String refusal(byte[] bytes) {
        var result = decode(bytes, PacketLimits.DEFAULT);
        assertThat(result).isInstanceOf(DecodeResult.Malformed.class);
        return ((DecodeResult.Malformed) result).reason();
    }

    private static Map<String, Object> packet(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    /// An event `["e", value]` with the value in this hexadecimal form.
    private static byte[] eventWith(String hex) {
        var value = HexFormat.of().parseHex(hex);
        var head = write(packet("type", 2, "nsp", "/"));
        head[0] = (byte) 0x83; // one entry more
        return ByteBuffer.allocate(head.length + 5 + 1 + 2 + value.length)
                .put(head)
                .put(write("data"))
                .put(new byte[] {(byte) 0x92, (byte) 0xA1, 'e'})
                .put(value)
                .array();
    }

    private static Object valueOf(String hex) {
        return ((Packet.Event) decoded(eventWith(hex))).data().get(1);
    }

    @Test
    void every_kind_is_a_map_without_what_it_has_not() {
        assertThat(encode(new Packet.Disconnect("/n")))
                .isEqualTo(write(packet("type", 1, "nsp", "/n")));
        assertThat(encode(new Packet.Connect("/", Map.of())))
                .isEqualTo(write(packet("type", 0, "nsp", "/")));
        assertThat(encode(new Packet.Connect("/", Map.of("sid", "x"))))
                .isEqualTo(write(packet("type", 0, "data", Map.of("sid", "x"), "nsp", "/")));
        assertThat(encode(new Packet.ConnectError("/", Map.of("message", "no"))))
                .isEqualTo(write(packet("type", 4, "data", Map.of("message", "no"), "nsp", "/")));
        assertThat(encode(new Packet.Event("/", List.of("e", 1), Packet.NO_ACK)))
                .isEqualTo(write(packet("type", 2, "data", List.of("e", 1), "nsp", "/")));
        assertThat(encode(new Packet.Ack("/", List.of(), 7)))
                .isEqualTo(write(packet("type", 3, "data", List.of(), "id", 7, "nsp", "/")));
    }

    @Test
    void every_kind_is_read_again() {
        var packets =
                List.of(
                        new Packet.Connect("/", Map.of()),
                        new Packet.Connect("/a", Map.of("token", "x")),
                        new Packet.Disconnect("/a"),
                        new Packet.Event("/", List.of("e", 1, "ä"), Packet.MAX_ACK_ID),
                        new Packet.Event("/", List.of(5), Packet.NO_ACK),
                        new Packet.Ack("/", List.of(), 0),
                        new Packet.ConnectError("/", Map.of("message", "no")));

        for (var packet : packets) {
            assertThat(decoded(encode(packet))).isEqualTo(packet);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "127, 7f",
        "128, cc80",
        "255, ccff",
        "256, cd0100",
        "65535, cdffff",
        "65536, ce00010000",
        "4294967295, ceffffffff",
        "4294967296, cf0000000100000000",
        "-1, ff",
        "-32, e0",
        "-33, d0df",
        "-128, d080",
        "-129, d1ff7f",
        "-32768, d18000",
        "-32769, d2ffff7fff",
        "-2147483648, d280000000",
        "-2147483649, d3ffffffff7fffffff"
    })
    void an_integer_takes_as_little_room_as_it_can(long number, String hex) {
        assertThat(HexFormat.of().formatHex(write(number))).isEqualTo(hex);
        assertThat(((Number) valueOf(hex)).longValue()).isEqualTo(number);
        assertThat(valueOf(hex)).isInstanceOf(number == (int) number ? Integer.class : Long.class);
    }

    @Test
    void formats_that_are_longer_than_needed_are_read_too() {
        assertThat(valueOf("d30000000000000001")).isEqualTo(1);
        assertThat(valueOf("cf0000000000000001")).isEqualTo(1);
        assertThat(valueOf("d200000001")).isEqualTo(1);
        assertThat(valueOf("db0000000161")).isEqualTo("a");
        assertThat(valueOf("c60000000107")).isEqualTo(new byte[] {7});
        assertThat(valueOf("dd00000001c3")).isEqualTo(List.of(true));
        assertThat(valueOf("df00000001a161c2")).isEqualTo(Map.of("a", false));
        assertThat(valueOf("ca3fc00000")).isEqualTo(1.5);
        assertThat(valueOf("cfffffffffffffffff"))
                .isEqualTo(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
    }

    @Test
    void numbers_of_every_java_type_are_written() {
        var max = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        assertThat(write(max)).isEqualTo(HexFormat.of().parseHex("cfffffffffffffffff"));
        assertThat(write(BigInteger.TEN)).containsExactly(10);
        assertThat(write(max.add(BigInteger.ONE))).hasSize(9).startsWith(0xCB);
        assertThat(write(max.negate())).hasSize(9).startsWith(0xCB);
        assertThat(write(new BigDecimal("1.5"))).isEqualTo(write(1.5));
        assertThat(write((short) 300)).containsExactly(0xCD, 1, 0x2C);
        assertThat(write((byte) -5)).containsExactly(0xFB);
        assertThat(write(Double.POSITIVE_INFINITY)).hasSize(9);
        assertThat(write(1.5F)).isEqualTo(write(1.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 32, 255, 256, 65_535, 65_536})
    void text_and_binary_of_every_length_come_back(int length) {
        var text = "x".repeat(length);
        var event = new Packet.Event("/", List.of("e", text, new byte[length]), Packet.NO_ACK);

        var data = ((Packet.Event) decoded(encode(event))).data();

        assertThat(data.get(1)).isEqualTo(text);
        assertThat((byte[]) data.get(2)).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 65_535, 65_536})
    void lists_and_maps_of_every_size_come_back(int size) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < size; i++) {
            map.put("k" + i, i);
        }
        var event =
                new Packet.Event(
                        "/", List.of("e", Collections.nCopies(size, 1), map), Packet.NO_ACK);

        assertThat(decoded(encode(event))).isEqualTo(event);
    }

    @Test
    void dates_are_read_in_every_form_and_written_in_the_one_all_clients_know() {
        var date = Instant.ofEpochMilli(1_700_000_000_123L);
        assertThat(HexFormat.of().formatHex(write(date))).isEqualTo("d7000000018bcfe5687b");
        assertThat(valueOf("d7000000018bcfe5687b")).isEqualTo(date);
        assertThat(valueOf("d6ff00000001")).isEqualTo(Instant.ofEpochSecond(1));
        assertThat(valueOf("d7ff0000000400000001")).isEqualTo(Instant.ofEpochSecond(1, 1));
        assertThat(valueOf("c70cff00000001ffffffffffffffff"))
                .isEqualTo(Instant.ofEpochSecond(-1, 1));
    }

    @Test
    void undefined_is_null_in_a_list_and_absent_in_a_map() {
        assertThat(valueOf("d40000")).isNull();
        assertThat(valueOf("92d4000001")).isEqualTo(Arrays.asList(null, 1));
        assertThat(valueOf("82a161d40000a16201")).isEqualTo(Map.of("b", 1));
        // as the official client says "no auth"
        var connect = HexFormat.of().parseHex("83a474797065" + "00a464617461d40000a36e7370a12f");
        assertThat(decoded(connect)).isEqualTo(new Packet.Connect("/", Map.of()));
    }

    @Test
    void a_packet_that_is_none_is_refused() {
        assertThat(refusal(write(5))).isEqualTo("packet is not a map");
        assertThat(refusal(write(List.of()))).isEqualTo("packet is not a map");
        assertThat(refusal(write(packet("type", 1)))).isEqualTo("invalid namespace");
        assertThat(refusal(write(packet("type", 1, "nsp", 1)))).isEqualTo("invalid namespace");
        assertThat(refusal(write(packet("type", 1, "nsp", "x")))).isEqualTo("invalid namespace");
        for (Object type : new Object[] {-1, 5, 1.5, "2", null, 1L << 40}) {
            assertThat(refusal(write(packet("type", type, "nsp", "/", "data", List.of("e")))))
                    .isEqualTo("invalid packet type");
        }
        assertThat(PARSER.newDecoder(PacketLimits.DEFAULT).receiveText("2[\"e\"]"))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void a_payload_of_the_wrong_kind_is_refused() {
        var notObject = "payload is not an object";
        for (Object data : new Object[] {null, "x", 1, List.of()}) {
            assertThat(refusal(write(packet("type", 0, "nsp", "/", "data", data))))
                    .isEqualTo(notObject);
            assertThat(refusal(write(packet("type", 1, "nsp", "/", "data", data))))
                    .isEqualTo("disconnect with a payload");
        }
        for (Object data : new Object[] {null, "x", 1, Map.of()}) {
            assertThat(refusal(write(packet("type", 2, "nsp", "/", "data", data))))
                    .isEqualTo("payload is not an array");
            assertThat(refusal(write(packet("type", 3, "id", 1, "nsp", "/", "data", data))))
                    .isEqualTo("payload is not an array");
        }
        assertThat(refusal(write(packet("type", 4, "nsp", "/")))).isEqualTo(notObject);
        assertThat(decoded(write(packet("type", 4, "nsp", "/", "data", "no"))))
                .isEqualTo(new Packet.ConnectError("/", Map.of("message", "no")));
    }

    @Test
    void an_event_has_a_name_that_clients_may_use() {
        for (var data : List.of(List.of(), List.of(List.of()), List.of(true))) {
            assertThat(refusal(write(packet("type", 2, "nsp", "/", "data", data))))
                    .isEqualTo("event without a name");
        }
        for (var name : List.of("connect", "disconnect", "newListener")) {
            assertThat(refusal(write(packet("type", 2, "nsp", "/", "data", List.of(name)))))
                    .isEqualTo("reserved event name");
        }
    }

    @Test
    void an_ack_id_is_a_whole_number_on_a_packet_that_has_one() {
        for (Object id : new Object[] {-1, 1.5, "1", null, Packet.MAX_ACK_ID + 1}) {
            assertThat(
                            refusal(
                                    write(
                                            packet(
                                                    "type",
                                                    2,
                                                    "nsp",
                                                    "/",
                                                    "id",
                                                    id,
                                                    "data",
                                                    List.of("e")))))
                    .isEqualTo("invalid packet id");
        }
        assertThat(refusal(write(packet("type", 3, "nsp", "/", "data", List.of()))))
                .isEqualTo("ack without an id");
        assertThat(refusal(write(packet("type", 1, "nsp", "/", "id", 1))))
                .startsWith("ack id on a packet");
    }

    @ParameterizedTest
    @CsvSource({
        "c1, unknown format",
        "a2ff41, string is not UTF-8",
        "a3eda080, string is not UTF-8",
        "d50001ff, unknown extension",
        "d80100000000000000000000000000000000, unknown extension",
        "d7ffffffffffffffffff, ''",
        "c70cff000000007fffffffffffffff, date out of range",
        "c70cff000000007fffffffffffff, longer than what is there",
        "8101c0, map key is not a string",
        "dcffff, longer than what is there",
        "ddffffffff, longer than what is there",
        "dfffffffff, longer than what is there",
        "c6ffffffff, longer than what is there",
        "dbffffffff, longer than what is there",
        "c9ffffffff01, longer than what is there",
        "cb0000, value is cut short",
        "cd00, value is cut short",
        "c7, value is cut short",
        "0000, bytes after the value"
    })
    void bytes_that_are_no_value_are_refused(String hex, String reason) {
        if (reason.isEmpty()) {
            assertThat(valueOf(hex)).isInstanceOf(Instant.class); // nanoseconds may overflow
        } else {
            assertThat(refusal(eventWith(hex))).isEqualTo(reason);
        }
    }

    @Test
    void depth_and_size_are_limited() {
        var nested = "91".repeat(62);
        assertThat(valueOf(nested + "90")).isInstanceOf(List.class); // 64 with the event's own
        assertThat(refusal(eventWith(nested + "9190"))).isEqualTo("too deep");

        var bytes = write(packet("type", 2, "nsp", "/", "data", List.of("e", "x".repeat(100))));
        assertThat(decode(bytes, new PacketLimits(0, 1, bytes.length)))
                .isInstanceOf(DecodeResult.Complete.class);
        assertThat(decode(bytes, new PacketLimits(0, 1, bytes.length - 1)))
                .isEqualTo(new DecodeResult.Malformed("packet too large"));
    }

    @Test
    void what_has_no_format_is_refused_before_it_is_sent() {
        assertThatThrownBy(() -> write(new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(Instant.MAX)).hasMessage("date out of range");
        assertThatThrownBy(() -> write(Map.of(1, 2))).isInstanceOf(IllegalArgumentException.class);
        Object deep = 1;
        for (int i = 0; i < 501; i++) {
            deep = List.of(deep);
        }
        var tooDeep = deep;
        assertThatThrownBy(() -> write(tooDeep)).hasMessage("value is nested too deeply");
    }

    @Test
    void what_was_written_is_read_again() {
        Property.forAll(
                random -> {
                    var data = new ArrayList<Object>();
                    data.add("e" + new String(random.bytes(), StandardCharsets.ISO_8859_1));
                    for (int i = random.between(0, 4); i > 0; i--) {
                        data.add(value(random, 3));
                    }
                    long ackId = random.coin() ? random.random().nextLong(1L << 53) : -1;
                    var bytes = encode(new Packet.Event("/x", data, ackId));

                    assertThat(encode(decoded(bytes))).isEqualTo(bytes);
                });
    }

    private static Object value(Property.Case random, int depth) {
        return switch (random.between(0, depth > 0 ? 8 : 5)) {
            case 0 -> random.random().nextLong() >> random.between(0, 63);
            case 1 -> random.random().nextDouble();
            case 2 -> random.coin();
            case 3 -> random.bytes();
            case 4 -> Instant.ofEpochMilli(random.random().nextLong());
            case 5 -> new String(random.bytes(), StandardCharsets.ISO_8859_1);
            case 6 -> Map.of("k" + random.between(0, 9), value(random, depth - 1));
            default -> List.of(value(random, depth - 1), value(random, depth - 1));
        };
    }
}
