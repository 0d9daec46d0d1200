// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Bytes after draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.
class TransportFeedbackTest {
    private static final int MAX_BODY_BYTES = 100_000;

    private final byte[] out = new byte[MAX_BODY_BYTES];
    private final RtcpOut rtcpOut = new RtcpOut();

    private static TransportFeedback decode(String body) {
        var bytes = Hex.bytes(body);
        return TransportFeedbackCodec.decode(bytes, 0, bytes.length);
    }

    private String encode(TransportFeedback feedback) {
        rtcpOut.begin(out, 0, out.length);
        rtcpOut.beginPacket(15, 205);
        TransportFeedbackCodec.encode(feedback, rtcpOut);
        assertThat(rtcpOut.endPacket()).isTrue();
        return Hex.text(out, 4, rtcpOut.position() - 4);
    }

    private static TransportFeedback feedback(int base, int count, int[] offsets, int[] deltas) {
        return new TransportFeedback(base, count, 1, 2, offsets, deltas);
    }

    private static List<String> arrivals(TransportFeedback feedback) {
        var arrivals = new ArrayList<String>();
        feedback.forEachArrival((seq, ticks) -> arrivals.add(seq + "@" + ticks));
        return arrivals;
    }

    @Test
    void a_run_of_small_deltas() {
        // base 65,535; 3 statuses; reference 1; number 2; run (0) of small (01) by 3; 4, 5, 255
        var feedback = decode("ffff 0003 000001 02 2003 04 05 ff 000000");

        assertThat(feedback.baseSeq()).isEqualTo(65_535);
        assertThat(feedback.statusCount()).isEqualTo(3);
        assertThat(feedback.reference()).isOne();
        assertThat(feedback.feedbackCount()).isEqualTo(2);
        assertThat(feedback.arrivedCount()).isEqualTo(3);
        assertThat(arrivals(feedback)).containsExactly("65535@4", "0@9", "1@264");
    }

    @Test
    void a_vector_of_one_bit() {
        // 10 then 14 bits: 1000 0000 0000 01
        var feedback = decode("0005 000e 000001 02 a001 01 02");

        assertThat(arrivals(feedback)).containsExactly("5@1", "18@3");
        assertThat(feedback.hasArrived(0)).isTrue();
        assertThat(feedback.hasArrived(1)).isFalse();
        assertThat(feedback.hasArrived(13)).isTrue();
        assertThat(feedback.hasArrived(14)).isFalse();
        assertThat(encode(feedback)).isEqualTo("0005000e00000102a0010102");
    }

    @Test
    void a_vector_of_two_bits_with_a_step_back() {
        // 11 then 7 statuses: small, lost, large, lost, lost, lost, lost: 01 00 10 00 00 00 00
        var feedback = decode("0005 0007 000001 02 d200 64 ffff 00");

        assertThat(arrivals(feedback)).containsExactly("5@100", "7@99");
        assertThat(encode(feedback)).isEqualTo("000500070000" + "0102d20064ffff000000");
    }

    @Test
    void a_vector_may_say_more_than_there_is() {
        assertThat(arrivals(decode("0005 0001 000001 02 a001 01 02"))).containsExactly("5@1");
        assertThat(arrivals(decode("0005 0002 000001 02 3fff 01 02"))).hasSize(2);
    }

    @Test
    void long_losses_take_two_bytes() {
        // 8,191 lost, 8,191 lost, then one large
        var feedback = decode("0000 3fff 000001 02 1fff 1fff 4001 8000");

        assertThat(feedback.statusCount()).isEqualTo(16_383);
        assertThat(arrivals(feedback)).containsExactly("16382@-32768");
        assertThat(encode(feedback)).isEqualTo("00003fff000001021fff1fff40018000");
    }

    @Test
    void a_feedback_about_65535_losses_is_small() {
        var feedback = decode("0000 ffff 000001 02" + "1fff".repeat(8) + "0007");

        assertThat(feedback.statusCount()).isEqualTo(65_535);
        assertThat(feedback.arrivedCount()).isZero();
        assertThat(decode(encode(feedback))).isEqualTo(feedback);
    }

    @Test
    void malformed_feedback_is_refused() {
        for (String body :
                List.of(
                        "",
                        "0005 0001 000001", // too short
                        "0005 0000 000001 02", // about nothing
                        "0005 0001 000001 02", // no chunk
                        "0005 0001 000001 02 20", // half a chunk
                        "0005 0001 000001 02 2001", // no delta
                        "0005 0001 000001 02 4001 01", // half a delta
                        "0005 0002 000001 02 2002 01", // one of two deltas
                        "0005 0001 000001 02 6001 0101", // reserved status in a run
                        "0005 0001 000001 02 f000 0101", // reserved status in a vector
                        "0005 0001 000001 02 2000 01", // a run of none
                        "0005 000f 000001 02 a001 0102", // statuses missing
                        "0005 ffff 000001 02 3fff 0102",
                        "0005 0003 000001 02 2002 2001 0102")) { // chunks where deltas should be
            assertThat(decode(body)).as(body).isNull();
        }
    }

    @Test
    void sixty_arrivals_in_a_row_are_one_run() {
        var offsets = new int[60];
        var deltas = new int[60];
        for (int i = 0; i < 60; i++) {
            offsets[i] = i;
            deltas[i] = 4;
        }

        assertThat(encode(feedback(7, 60, offsets, deltas)))
                .isEqualTo("0007003c00000102" + "203c" + "04".repeat(60) + "0000");
    }

    @Test
    void single_losses_take_a_bit_each() {
        var offsets = new int[] {0, 1, 3, 4, 6, 7, 9, 10, 12, 13};
        var deltas = new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

        // 11011011011011
        assertThat(encode(feedback(0, 14, offsets, deltas)))
                .isEqualTo("0000000e00000102" + "b6db" + "01".repeat(10));
    }

    @Test
    void equal_feedback_is_equal() {
        var one = feedback(1, 3, new int[] {0, 2}, new int[] {1, 2});
        var same = feedback(1, 3, new int[] {0, 2}, new int[] {1, 2});

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(one).isNotEqualTo(feedback(2, 3, new int[] {0, 2}, new int[] {1, 2}));
        assertThat(one).isNotEqualTo(feedback(1, 4, new int[] {0, 2}, new int[] {1, 2}));
        assertThat(one).isNotEqualTo(feedback(1, 3, new int[] {0, 1}, new int[] {1, 2}));
        assertThat(one).isNotEqualTo(feedback(1, 3, new int[] {0, 2}, new int[] {1, 3}));
        assertThat(one.toString()).contains("[0, 2]");
    }

    @Test
    void what_is_written_is_read() {
        Property.forAll(
                random -> {
                    int count = random.between(1, 2 + random.length() * 20);
                    int lossPercent = random.between(0, 101);
                    int largePercent = random.between(0, 101);
                    var offsets = new int[count];
                    var deltas = new int[count];
                    int arrived = 0;
                    for (int i = 0; i < count; i++) {
                        if (random.between(0, 100) >= lossPercent) {
                            offsets[arrived] = i;
                            deltas[arrived++] =
                                    random.between(0, 100) < largePercent
                                            ? random.between(-32_768, 32_768)
                                            : random.between(0, 256);
                        }
                    }
                    var feedback =
                            new TransportFeedback(
                                    random.between(0, 65_536),
                                    count,
                                    random.between(0, 1 << 24),
                                    random.between(0, 256),
                                    Arrays.copyOf(offsets, arrived),
                                    Arrays.copyOf(deltas, arrived));

                    var text = encode(feedback);

                    assertThat(decode(text)).isEqualTo(feedback);
                    assertThat(encode(decode(text))).isEqualTo(text);
                });
    }
}
