// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import noom.rtc.wire.Hex;
import org.junit.jupiter.api.Test;

/// Each packet laid out by hand after the figure in its standard, read and written again.
class RtcpVectorsTest {
    private static final Rtcp.ReportBlock BLOCK =
            new Rtcp.ReportBlock(
                    0x11111111L, 0x40, -2, 0x0001FFFEL, 0x55, 0x98765432L, 0xFFFFFFFFL);

    /// RFC 3550 §6.4.1: source, lost, highest, jitter, LSR, DLSR.
    private static final String BLOCK_BYTES =
            "11111111 40fffffe 0001fffe 00000055 98765432 ffffffff";

    private final CompoundReader reader = new CompoundReader();
    private final CompoundWriter writer = new CompoundWriter();
    private final byte[] out = new byte[CompoundReader.MAX_COMPOUND_BYTES];

    private void check(String text, Rtcp packet) {
        var bytes = Hex.bytes(text);

        assertThat(reader.read(bytes)).as("%s", reader.refusal()).isTrue();
        assertThat(reader.packets()).containsExactly(packet);

        assertThat(writer.begin(out, 0, out.length).add(packet)).isTrue();
        assertThat(Hex.text(out, 0, writer.lengthBytes()))
                .isEqualTo(Hex.text(bytes, 0, bytes.length));
    }

    private void checkRead(String text, Rtcp packet) {
        assertThat(reader.read(Hex.bytes(text))).isTrue();
        assertThat(reader.packets()).containsExactly(packet);
    }

    @Test
    void sender_report() {
        // RFC 3550 §6.4.1
        check(
                """
                80 c8 0006
                deadbeef            # SSRC of the sender
                e1234567 80000000   # NTP
                fffffff0            # RTP
                00000010 00001000   # packets, octets
                """,
                new Rtcp.SenderReport(
                        0xDEADBEEFL, 0xE1234567_80000000L, 0xFFFFFFF0L, 16, 4_096, List.of()));
        check(
                "82 c8 0012 00000001 0000000200000003 00000004 00000005 ffffffff"
                        + BLOCK_BYTES
                        + BLOCK_BYTES,
                new Rtcp.SenderReport(
                        1, 0x0000000200000003L, 4, 5, 0xFFFFFFFFL, List.of(BLOCK, BLOCK)));
    }

    @Test
    void receiver_report() {
        // RFC 3550 §6.4.2
        check("80 c9 0001 00000001", new Rtcp.ReceiverReport(1, List.of()));
        check("81 c9 0007 00000001" + BLOCK_BYTES, new Rtcp.ReceiverReport(1, List.of(BLOCK)));
    }

    @Test
    void a_profiles_extension_of_a_report_is_ignored() {
        checkRead("80 c9 0002 00000001 ffffffff", new Rtcp.ReceiverReport(1, List.of()));
    }

    @Test
    void cumulative_loss_is_signed() {
        var rows = new ArrayList<Rtcp.ReportBlock>();
        for (int lost : new int[] {0, 1, -1, 0x7FFFFF, -0x800000}) {
            rows.add(new Rtcp.ReportBlock(1, 0, lost, 0, 0, 0, 0));
        }
        var report = new Rtcp.ReceiverReport(1, rows);

        writer.begin(out, 0, out.length).add(report);

        reader.read(out, 0, writer.lengthBytes());
        assertThat(reader.packets()).containsExactly(report);
    }

    @Test
    void source_description() {
        // RFC 3550 §6.5: a name of two bytes ends within the word; one of four needs another.
        check(
                "81 ca 0003 00000001 01 02 6162 00000000",
                new Rtcp.SourceDescription(List.of(new Rtcp.SourceDescription.Chunk(1, "ab"))));
        check(
                "82 ca 0005 00000001 01 01 61 00 00000002 01 03 626364 000000",
                new Rtcp.SourceDescription(
                        List.of(
                                new Rtcp.SourceDescription.Chunk(1, "a"),
                                new Rtcp.SourceDescription.Chunk(2, "bcd"))));
        check("80 ca 0000", new Rtcp.SourceDescription(List.of()));
    }

    @Test
    void of_a_source_description_only_the_name_is_kept() {
        var named = new Rtcp.SourceDescription(List.of(new Rtcp.SourceDescription.Chunk(1, "ab")));
        checkRead("81 ca 0004 00000001 02 01 78 01 02 6162 06 01 79 0000", named);
        checkRead(
                "81 ca 0002 00000001 00000000",
                new Rtcp.SourceDescription(List.of(new Rtcp.SourceDescription.Chunk(1, ""))));
        checkRead(
                "81 ca 0004 00000001 02 05 0000000000 00 00000000",
                new Rtcp.SourceDescription(List.of(new Rtcp.SourceDescription.Chunk(1, ""))));
    }

    @Test
    void a_name_may_have_255_bytes() {
        var name = "한".repeat(85);
        var packet = new Rtcp.SourceDescription(List.of(new Rtcp.SourceDescription.Chunk(9, name)));

        assertThat(writer.begin(out, 0, out.length).add(packet)).isTrue();
        reader.read(out, 0, writer.lengthBytes());
        assertThat(reader.packets()).containsExactly(packet);

        var tooLong =
                new Rtcp.SourceDescription(
                        List.of(new Rtcp.SourceDescription.Chunk(9, name + "x")));
        assertThatThrownBy(() -> writer.add(tooLong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bye() {
        // RFC 3550 §6.6
        check("82 cb 0002 00000001 ffffffff", new Rtcp.Bye(List.of(1L, 0xFFFFFFFFL)));
        check("80 cb 0000", new Rtcp.Bye(List.of()));
        checkRead("81 cb 0003 00000001 04 67 6f 6e 65 000000", new Rtcp.Bye(List.of(1L)));
    }

    @Test
    void generic_nack() {
        // RFC 4585 §6.2.1: PID, BLP
        check(
                "81 cd 0004 00000001 00000002 fffe 8001 0010 0000",
                new Rtcp.Nack(
                        1,
                        2,
                        List.of(new Rtcp.Nack.Item(0xFFFE, 0x8001), new Rtcp.Nack.Item(16, 0))));
    }

    @Test
    void a_nack_names_every_lost_packet_past_the_wrap() {
        var lost = new ArrayList<Integer>();

        new Rtcp.Nack(1, 2, List.of(new Rtcp.Nack.Item(0xFFFE, 0x8003), new Rtcp.Nack.Item(100, 0)))
                .forEachLost(lost::add);

        assertThat(lost).containsExactly(0xFFFE, 0xFFFF, 0, 14, 100);
    }

    @Test
    void picture_loss_indication() {
        // RFC 4585 §6.3.1
        check("81 ce 0002 00000001 fffffffe", new Rtcp.Pli(1, 0xFFFFFFFEL));
    }

    @Test
    void full_intra_request() {
        // RFC 5104 §4.3.1: the media SSRC is zero, each entry has its own.
        check(
                "84 ce 0006 00000001 00000000 00000002 ff000000 00000003 00000000",
                new Rtcp.Fir(1, List.of(new Rtcp.Fir.Entry(2, 255), new Rtcp.Fir.Entry(3, 0))));
    }

    @Test
    void receiver_estimated_maximum_bitrate() {
        // draft-alvestrand-rmcat-remb-03 §2.2: 'REMB', count, exponent (6), mantissa (18)
        check(
                "8f ce 0005 00000001 00000000 52454d42 01 03ffff 00000002",
                new Rtcp.Remb(1, 0x3FFFF, List.of(2L)));
        check(
                "8f ce 0004 00000001 00000000 52454d42 00 060000",
                new Rtcp.Remb(1, 0x40000, List.of()));
        check("8f ce 0004 00000001 00000000 52454d42 00 000000", new Rtcp.Remb(1, 0, List.of()));
        checkRead(
                "8f ce 0004 00000001 00000000 52454d42 00 fc0000", new Rtcp.Remb(1, 0, List.of()));
        checkRead(
                "8f ce 0004 00000001 00000000 52454d42 00 f40001",
                new Rtcp.Remb(1, 1L << 61, List.of()));
    }

    @Test
    void a_bitrate_is_rounded_down_to_18_bits() {
        writer.begin(out, 0, out.length).add(new Rtcp.Remb(1, 1_234_567, List.of()));

        reader.read(out, 0, writer.lengthBytes());

        assertThat(reader.packets())
                .containsExactly(new Rtcp.Remb(1, 1_234_567 / 8 * 8, List.of()));
    }

    @Test
    void extended_report() {
        // RFC 3611 §4.4 and §4.5
        check(
                """
                80 cf 000b 00000001
                04 00 0002 e1234567 80000000
                05 00 0006 00000002 00000003 ffffffff
                           00000004 00000005 00000006
                """,
                new Rtcp.ExtendedReport(
                        1,
                        List.of(
                                new Rtcp.ExtendedReport.ReceiverReferenceTime(0xE1234567_80000000L),
                                new Rtcp.ExtendedReport.DelaySinceLast(
                                        List.of(
                                                new Rtcp.ExtendedReport.Answer(2, 3, 0xFFFFFFFFL),
                                                new Rtcp.ExtendedReport.Answer(4, 5, 6))))));
        check("80 cf 0001 00000001", new Rtcp.ExtendedReport(1, List.of()));
    }

    @Test
    void blocks_of_an_extended_report_that_nobody_needs_are_skipped() {
        checkRead(
                "80 cf 0006 00000001 01 00 0001 aaaaaaaa 04 00 0002 00000000 00000009",
                new Rtcp.ExtendedReport(
                        1, List.of(new Rtcp.ExtendedReport.ReceiverReferenceTime(9))));
    }

    @Test
    void a_count_has_five_bits() {
        var most = Collections.nCopies(31, 5L);
        assertThat(writer.begin(out, 0, out.length).add(new Rtcp.Bye(most))).isTrue();
        reader.read(out, 0, writer.lengthBytes());
        assertThat(reader.packets()).containsExactly(new Rtcp.Bye(most));

        var tooMany = Collections.nCopies(32, 5L);
        assertThatThrownBy(() -> new Rtcp.Bye(tooMany))
                .isInstanceOf(IllegalArgumentException.class);
        var blocks = Collections.nCopies(32, BLOCK);
        assertThatThrownBy(() -> new Rtcp.ReceiverReport(1, blocks))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rtcp.SenderReport(1, 2, 3, 4, 5, blocks))
                .isInstanceOf(IllegalArgumentException.class);
        var ssrcs = Collections.nCopies(256, 5L);
        assertThatThrownBy(() -> new Rtcp.Remb(1, 2, ssrcs))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rtcp.Remb(1, -1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
