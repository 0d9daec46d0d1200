// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class CompoundWriterTest {
    private static final Rtcp.Pli PLI = new Rtcp.Pli(1, 2);
    private static final int PLI_BYTES = 12;

    private final CompoundWriter writer = new CompoundWriter();
    private final CompoundReader reader = new CompoundReader();
    private final byte[] out = new byte[CompoundReader.MAX_COMPOUND_BYTES];

    @Test
    void writes_one_packet_after_the_other_from_an_offset() {
        writer.begin(out, 3, 100);

        assertThat(writer.lengthBytes()).isZero();
        assertThat(writer.add(PLI)).isTrue();
        assertThat(writer.add(new Rtcp.Bye(List.of(9L)))).isTrue();

        assertThat(Hex.text(out, 3, writer.lengthBytes()))
                .isEqualTo("81ce00020000000100000002" + "81cb000100000009");
        assertThat(Hex.text(out, 0, 3)).isEqualTo("000000");
    }

    @Test
    void what_has_no_room_is_not_added_and_what_fits_still_is() {
        writer.begin(out, 0, 2 * PLI_BYTES + 4);
        assertThat(writer.add(PLI)).isTrue();
        assertThat(writer.add(new Rtcp.ReceiverReport(1, blocks(1)))).isFalse();
        assertThat(writer.lengthBytes()).isEqualTo(PLI_BYTES);
        assertThat(writer.add(PLI)).isTrue();
        assertThat(writer.add(PLI)).isFalse();
        assertThat(writer.add(new Rtcp.Bye(List.of()))).isTrue();
        assertThat(writer.add(new Rtcp.Bye(List.of()))).isFalse();

        assertThat(reader.read(out, 0, writer.lengthBytes())).isTrue();
        assertThat(reader.packets()).containsExactly(PLI, PLI, new Rtcp.Bye(List.of()));
    }

    @Test
    void the_end_of_the_array_is_a_limit_too() {
        var small = new byte[PLI_BYTES + 1];

        assertThat(writer.begin(small, 2, 1_000).add(PLI)).isFalse();
        assertThat(writer.begin(small, 1, 1_000).add(PLI)).isTrue();
    }

    @Test
    void no_limit_is_overrun_by_a_byte() {
        var name = new Rtcp.SourceDescription.Chunk(1, "name");
        for (Rtcp packet :
                List.of(
                        PLI,
                        new Rtcp.SenderReport(1, 2, 3, 4, 5, blocks(2)),
                        new Rtcp.SourceDescription(List.of(name)),
                        new Rtcp.Nack(1, 2, List.of(new Rtcp.Nack.Item(1, 2))),
                        new Rtcp.Fir(1, List.of(new Rtcp.Fir.Entry(1, 2))),
                        new Rtcp.Remb(1, 5, List.of(1L, 2L)))) {
            assertThat(writer.begin(out, 0, out.length).add(packet)).isTrue();
            int size = writer.lengthBytes();
            for (int limit = 0; limit <= size; limit++) {
                var guarded = new byte[size + 8];
                Arrays.fill(guarded, (byte) 0x77);

                assertThat(writer.begin(guarded, 0, limit).add(packet)).isEqualTo(limit == size);

                assertThat(writer.lengthBytes()).isEqualTo(limit == size ? size : 0);
                for (int i = limit; i < guarded.length; i++) {
                    assertThat(guarded[i]).isEqualTo((byte) 0x77);
                }
            }
        }
    }

    @Test
    void what_is_written_is_read() {
        Property.forAll(
                random -> {
                    var packets = new ArrayList<Rtcp>();
                    writer.begin(out, 0, out.length);
                    for (int i = random.between(1, 12); i > 0; i--) {
                        var packet = random(random);
                        if (writer.add(packet)) {
                            packets.add(packet);
                        }
                    }

                    assertThat(reader.read(out, 0, writer.lengthBytes()) || packets.isEmpty())
                            .isTrue();
                    assertThat(reader.packets()).isEqualTo(packets);
                    assertThat(reader.brokenCount() + reader.skippedCount()).isZero();
                });
    }

    private static Rtcp random(Property.Case random) {
        long ssrc = u32(random);
        long other = u32(random);
        int seq = random.between(0, 65_536);
        return switch (random.between(0, 9)) {
            case 0 ->
                    new Rtcp.SenderReport(
                            ssrc,
                            random.random().nextLong(),
                            other,
                            u32(random),
                            u32(random),
                            blocks(random.between(0, 4)));
            case 1 -> new Rtcp.ReceiverReport(ssrc, blocks(random.between(0, 4)));
            case 2 ->
                    new Rtcp.SourceDescription(
                            List.of(new Rtcp.SourceDescription.Chunk(ssrc, name(random))));
            case 3 -> new Rtcp.Bye(List.of(ssrc, other));
            case 4 -> new Rtcp.Nack(ssrc, other, List.of(new Rtcp.Nack.Item(seq, 65_535 - seq)));
            case 5 -> new Rtcp.Pli(ssrc, other);
            case 6 -> new Rtcp.Fir(ssrc, List.of(new Rtcp.Fir.Entry(other, seq & 0xFF)));
            case 7 -> new Rtcp.Remb(ssrc, (long) seq << random.between(0, 45), List.of(other));
            default ->
                    new Rtcp.ExtendedReport(
                            ssrc,
                            List.of(new Rtcp.ExtendedReport.ReceiverReferenceTime(other * 77)));
        };
    }

    private static String name(Property.Case random) {
        var text = random.text();
        return text.substring(0, text.offsetByCodePoints(0, Math.min(20, codePoints(text))));
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static long u32(Property.Case random) {
        return random.random().nextLong(1L << 32);
    }

    private static List<Rtcp.ReportBlock> blocks(int count) {
        var blocks = new ArrayList<Rtcp.ReportBlock>();
        for (int i = 0; i < count; i++) {
            blocks.add(new Rtcp.ReportBlock(i, 255 - i, i - 2, i + 65_536L, 3, 4, 0xFFFFFFFFL));
        }
        return blocks;
    }
}
