// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trap 11 of the protocol: attachments.
class BinaryPacketsTest {
    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2, 2};

    private final PacketDecoder decoder = new PacketDecoder(PacketLimits.DEFAULT);

    private static Packet complete(DecodeResult result) {
        assertThat(result).isInstanceOf(DecodeResult.Complete.class);
        return ((DecodeResult.Complete) result).packet();
    }

    @Test
    void placeholders_at_any_depth_and_in_any_key_order_are_filled() {
        var header =
                "52-[\"e\",{\"num\":1,\"_placeholder\":true},{\"a\":[{\"_placeholder\":true,\"num\":0}]}]";

        assertThat(decoder.receiveText(header)).isEqualTo(new DecodeResult.Awaiting(2));
        assertThat(decoder.receiveBinary(ONE)).isEqualTo(new DecodeResult.Awaiting(1));
        var event = (Packet.Event) complete(decoder.receiveBinary(TWO));

        assertThat(event.data().get(1)).isSameAs(TWO);
        assertThat(event.data().get(2)).isEqualTo(Map.of("a", List.of(ONE)));
    }

    @Test
    void an_ack_may_carry_attachments_and_a_namespace() {
        decoder.receiveText("61-/n,9[{\"_placeholder\":true,\"num\":0}]");

        var ack = (Packet.Ack) complete(decoder.receiveBinary(ONE));

        assertThat(ack.namespace()).isEqualTo("/n");
        assertThat(ack.ackId()).isEqualTo(9);
        assertThat(ack.data()).containsExactly(ONE);
    }

    @Test
    void a_binary_packet_without_attachments_is_complete_and_leaves_the_decoder_ready() {
        assertThat(complete(decoder.receiveText("50-[\"e\"]")))
                .isEqualTo(new Packet.Event("/", List.of("e"), Packet.NO_ACK));

        complete(decoder.receiveText("2[\"next\"]"));
    }

    @Test
    void the_decoder_is_ready_again_after_the_last_attachment() {
        decoder.receiveText("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        decoder.receiveBinary(ONE);

        complete(decoder.receiveText("2[\"next\"]"));
        assertThat(decoder.isAwaitingAttachments()).isFalse();
    }

    @Test
    void text_while_attachments_are_awaited_is_malformed() {
        decoder.receiveText("51-[\"e\",{\"_placeholder\":true,\"num\":0}]");

        assertThat(decoder.receiveText("2[\"e\"]")).isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void binary_while_none_is_awaited_is_malformed() {
        assertThat(decoder.receiveBinary(ONE)).isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void ten_attachments_are_taken_and_eleven_are_not() {
        assertThat(decoder.receiveText("510-[\"e\"]")).isEqualTo(new DecodeResult.Awaiting(10));
        decoder.reset();
        assertThat(decoder.receiveText("511-[\"e\"]"))
                .isEqualTo(new DecodeResult.Malformed("too many attachments"));
        assertThat(decoder.receiveText("5999999999-[\"e\"]"))
                .isEqualTo(new DecodeResult.Malformed("too many attachments"));
    }

    @Test
    void a_packet_as_large_as_allowed_is_taken_and_one_byte_more_is_not() {
        var text = "52-[\"한\"]";
        long textBytes = 10;
        var limited = new PacketDecoder(new PacketLimits(10, 16, textBytes + 5));

        limited.receiveText(text);
        limited.receiveBinary(new byte[3]);
        complete(limited.receiveBinary(new byte[2]));
        limited.receiveText(text);
        limited.receiveBinary(new byte[5]);
        assertThat(limited.receiveBinary(new byte[1]))
                .isEqualTo(new DecodeResult.Malformed("packet too large"));
        assertThat(limited.isAwaitingAttachments()).isFalse();
    }

    @Test
    void the_text_alone_counts_too() {
        var limited = new PacketDecoder(new PacketLimits(10, 16, 11));

        for (int i = 0; i < 3; i++) {
            complete(limited.receiveText("2[\"123456\"]"));
        }
        assertThat(limited.receiveText("2[\"12345678\"]"))
                .isEqualTo(new DecodeResult.Malformed("packet too large"));
        assertThat(limited.receiveText("2[\"한한한\"]"))
                .isEqualTo(new DecodeResult.Malformed("packet too large"));
        assertThat(limited.receiveText("2[\"" + "x".repeat(1_100) + "\"]"))
                .isEqualTo(new DecodeResult.Malformed("packet too large"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "1.5", "\"0\"", "null", "true", "4294967296", "{}"})
    void a_placeholder_number_that_is_no_attachment_is_malformed(String number) {
        var header = "51-[\"e\",{\"_placeholder\":true,\"num\":" + number + "}]";

        assertThat(decoder.receiveText(header)).isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void a_placeholder_without_a_number_is_malformed() {
        assertThat(decoder.receiveText("51-[\"e\",{\"_placeholder\":true}]"))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void only_true_makes_a_placeholder() {
        decoder.receiveText("51-[\"e\",{\"_placeholder\":\"true\",\"num\":0}]");
        var event = (Packet.Event) complete(decoder.receiveBinary(ONE));

        assertThat(event.data().get(1)).isEqualTo(Map.of("_placeholder", "true", "num", 0));
    }

    @Test
    void an_attachment_may_be_named_twice_or_never() {
        decoder.receiveText(
                "52-[\"e\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]");
        decoder.receiveBinary(ONE);
        var event = (Packet.Event) complete(decoder.receiveBinary(TWO));

        assertThat(event.data()).containsExactly("e", ONE, ONE);
    }

    @Test
    void a_name_cannot_be_an_attachment() {
        assertThat(decoder.receiveText("51-[{\"_placeholder\":true,\"num\":0}]"))
                .isInstanceOf(DecodeResult.Malformed.class);
    }

    @Test
    void a_packet_received_in_part_can_be_let_go() {
        decoder.receiveText("52-[\"e\"]");
        decoder.receiveBinary(ONE);

        decoder.reset();

        assertThat(decoder.isAwaitingAttachments()).isFalse();
        complete(decoder.receiveText("2[\"next\"]"));
    }
}
