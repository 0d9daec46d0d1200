// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import noom.rtc.wire.Hex;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class CompoundReaderTest {
    private static final String PLI = "81ce0002 00000001 00000002";
    private static final Rtcp.Pli PLI_READ = new Rtcp.Pli(1, 2);

    private final CompoundReader reader = new CompoundReader();

    private record Bad(String bytes, RtcpDrop drop) {}

    @Test
    void a_datagram_that_does_not_fit_together_is_refused_as_a_whole() {
        var rows =
                List.of(
                        new Bad("", RtcpDrop.TOO_SHORT),
                        new Bad("80c900", RtcpDrop.TOO_SHORT),
                        new Bad("00c90000", RtcpDrop.BAD_VERSION),
                        new Bad("40c90000", RtcpDrop.BAD_VERSION),
                        new Bad("c0c90000", RtcpDrop.BAD_VERSION),
                        new Bad("80c90001", RtcpDrop.BAD_LENGTH),
                        new Bad("80c9ffff 00000000", RtcpDrop.BAD_LENGTH),
                        new Bad("80c90001 000000", RtcpDrop.BAD_LENGTH),
                        new Bad(PLI + "80", RtcpDrop.BAD_LENGTH),
                        new Bad(PLI + "81ce00", RtcpDrop.BAD_LENGTH),
                        new Bad(PLI + "00000000", RtcpDrop.BAD_VERSION),
                        new Bad(PLI + "81ce0003 00000001 00000002", RtcpDrop.BAD_LENGTH));
        for (var row : rows) {
            assertThat(reader.read(Hex.bytes(row.bytes))).as(row.bytes).isFalse();
            assertThat(reader.refusal()).as(row.bytes).isEqualTo(row.drop);
            assertThat(reader.packets()).isEmpty();
        }
    }

    @Test
    void reads_several_packets_in_order_at_an_offset() {
        var bytes = Hex.bytes("ffff" + PLI + "80c90001 00000007" + PLI + "ffff");

        assertThat(reader.read(bytes, 2, bytes.length - 4)).isTrue();

        assertThat(reader.refusal()).isNull();
        assertThat(reader.packets())
                .containsExactly(PLI_READ, new Rtcp.ReceiverReport(7, List.of()), PLI_READ);
    }

    @Test
    void one_reader_forgets_the_datagram_before() {
        reader.read(Hex.bytes(PLI + "80cc0000" + "81c80000"));
        assertThat(reader.skippedCount()).isOne();
        assertThat(reader.brokenCount()).isOne();

        assertThat(reader.read(Hex.bytes(PLI))).isTrue();

        assertThat(reader.packets()).containsExactly(PLI_READ);
        assertThat(reader.skippedCount()).isZero();
        assertThat(reader.brokenCount()).isZero();
        assertThat(reader.read(new byte[3])).isFalse();
        assertThat(reader.packets()).isEmpty();
    }

    @Test
    void what_nobody_here_needs_is_skipped() {
        for (String unknown :
                List.of(
                        "80cc0002 00000001 6e616d65", // APP
                        "80c00000", // FIR of RFC 2032
                        "80df0000",
                        "83cd0002 00000001 00000002", // TMMBR
                        "82ce0002 00000001 00000002", // SLI
                        "8fce0003 00000001 00000002 4e4f5045", // application feedback, no REMB
                        "8fce0002 00000001 00000002")) {
            assertThat(reader.read(Hex.bytes(unknown + PLI))).isTrue();
            assertThat(reader.skippedCount()).as(unknown).isOne();
            assertThat(reader.brokenCount()).isZero();
            assertThat(reader.packets()).containsExactly(PLI_READ);
        }
    }

    @Test
    void a_broken_body_spoils_only_itself() {
        for (String broken :
                List.of(
                        "80c80000", // SR without a sender
                        "80c80005" + "00000000".repeat(5), // SR of 20 bytes
                        "81c80006" + "00000000".repeat(6), // SR without its block
                        "82c8000c" + "00000000".repeat(12), // SR with one of two blocks
                        "80c90000", // RR without a reporter
                        "81c90001 00000001", // RR without its block
                        "81c90006" + "00000000".repeat(6), // RR with most of a block
                        "81ca0000", // SDES without its chunk
                        "81ca0001 00000001", // SDES without an end of items
                        "81ca0002 00000001 01026162", // the name runs to the end
                        "81ca0002 00000001 01ff6100", // the name runs past the end
                        "81ca0002 00000001 0101ff00", // the name is no UTF-8
                        "82ca0002 00000001 00000000", // SDES with one of two chunks
                        "81cb0000", // BYE without its source
                        "9fcb0001 00000001", // BYE with one of 31
                        "81cd0000", // NACK without SSRCs
                        "81cd0001 00000001",
                        "81cd0002 00000001 00000002", // NACK of nothing
                        "8fcd0002 00000001 00000002", // feedback about nothing
                        "8fcd0003 00000001 00000002 00000001",
                        "81ce0001 00000001", // PLI without its stream
                        "84ce0001 00000001", // FIR
                        "84ce0002 00000001 00000000", // FIR of nothing
                        "84ce0003 00000001 00000000 00000001", // half an entry
                        "8fce0003 00000001 00000000 52454d42", // REMB of nothing
                        "8fce0004 00000001 00000000 52454d42 01000001", // no stream
                        "8fce0004 00000001 00000000 52454d42 00fc0001", // beyond 62 bits
                        "80cf0000", // XR without a sender
                        "80cf0002 00000001 04000001", // block past the end
                        "80cf0003 00000001 04000001 00000000", // RRTR of 4 bytes
                        "80cf0004 00000001 05000002 00000000 00000000", // 8 bytes of DLRR
                        "a0c90001 00000000", // padding of 0
                        "a0c90001 00000003", // padding that is no word
                        "a0c90001 00000008", // padding larger than the body
                        "a0c90000", // padding in nothing
                        "a0c90001 00000004")) { // padding instead of the reporter
            assertThat(reader.read(Hex.bytes(PLI + broken + PLI))).as(broken).isTrue();
            assertThat(reader.brokenCount()).as(broken).isOne();
            assertThat(reader.skippedCount()).as(broken).isZero();
            assertThat(reader.packets()).as(broken).containsExactly(PLI_READ, PLI_READ);
        }
    }

    @Test
    void padding_is_left_out() {
        // RFC 3550 §6.4.1: P on the last packet of the compound, four bytes.
        assertThat(reader.read(Hex.bytes("a1ce0003 00000001 00000002 00000004"))).isTrue();
        assertThat(reader.packets()).containsExactly(PLI_READ);

        assertThat(reader.read(Hex.bytes("a1cd0004 00000001 00000002 00050000 00000004"))).isTrue();
        assertThat(reader.packets())
                .containsExactly(new Rtcp.Nack(1, 2, List.of(new Rtcp.Nack.Item(5, 0))));
    }

    @Test
    void takes_1500_bytes_and_not_one_packet_more() {
        var bytes = new byte[1_504];
        for (int i = 0; i < bytes.length; i += 4) {
            bytes[i] = (byte) 0x80;
            bytes[i + 1] = (byte) 0xCB;
        }

        assertThat(reader.read(bytes, 0, 1_500)).isTrue();
        assertThat(reader.packets()).hasSize(375);
        assertThat(reader.read(bytes)).isFalse();
        assertThat(reader.refusal()).isEqualTo(RtcpDrop.TOO_LONG);
    }

    @Test
    void random_bodies_never_throw_and_never_change() {
        var types = List.of(200, 201, 202, 203, 205, 205, 206, 206, 207);
        Property.forAll(
                random -> {
                    var body = random.bytes();
                    int words = body.length / 4;
                    var bytes = new byte[4 + 4 * words];
                    System.arraycopy(body, 0, bytes, 4, 4 * words);
                    bytes[0] = (byte) (0x80 | random.between(0, 64));
                    bytes[1] = (byte) (int) random.oneOf(types);
                    bytes[3] = (byte) words;
                    var before = bytes.clone();

                    assertThat(reader.read(bytes)).isTrue();

                    int seen = reader.packets().size();
                    assertThat(seen + reader.skippedCount() + reader.brokenCount()).isOne();
                    assertThat(bytes).isEqualTo(before);
                    for (int length = 0; length < bytes.length; length++) {
                        assertThat(reader.read(Arrays.copyOf(bytes, length))).isFalse();
                    }
                });
    }
}
