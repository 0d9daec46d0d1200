// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import noom.rtc.wire.BigEndian;
import org.junit.jupiter.api.Test;

class RecordBoundsTest {
    private static final int BODY = RecordBounds.RECORD_HEADER_BYTES;

    /// A record with one fragment of a message.
    private static byte[] fragment(int type, int epoch, int messageBytes, int fragmentBytes) {
        var record = new byte[BODY + RecordBounds.MESSAGE_HEADER_BYTES + fragmentBytes];
        record[0] = RecordBounds.HANDSHAKE;
        BigEndian.put16(record, 3, epoch);
        BigEndian.put16(record, 11, record.length - BODY);
        record[BODY] = (byte) type;
        BigEndian.put24(record, BODY + 1, messageBytes);
        BigEndian.put24(record, BODY + 9, fragmentBytes);
        return record;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void a_message_may_be_as_long_as_the_limit_and_no_longer() {
        assertThat(RecordBounds.holdIn(fragment(1, 0, RecordBounds.MAX_MESSAGE_BYTES, 9))).isTrue();
        assertThat(RecordBounds.holdIn(fragment(1, 0, RecordBounds.MAX_MESSAGE_BYTES + 1, 9)))
                .isFalse();
        assertThat(RecordBounds.holdIn(fragment(1, 0, 0xFFFFFF, 0))).isFalse();
    }

    @Test
    void every_message_of_every_record_counts() {
        var good = fragment(1, 0, 100, 30);
        var bad = fragment(1, 0, 100_000, 30);
        var twoMessages = fragment(1, 0, 100, 30);
        BigEndian.put24(twoMessages, BODY + 9, 5);
        BigEndian.put24(twoMessages, BODY + 12 + 5 + 1, 100_000);

        assertThat(RecordBounds.holdIn(joined(good, good))).isTrue();
        assertThat(RecordBounds.holdIn(joined(good, bad))).isFalse();
        assertThat(RecordBounds.holdIn(twoMessages)).isFalse();
    }

    @Test
    void what_is_encrypted_is_looked_at_when_it_is_not() {
        assertThat(RecordBounds.holdIn(fragment(1, 1, 100_000, 30))).isTrue();
    }

    @Test
    void records_fill_the_datagram() {
        var record = fragment(1, 0, 100, 30);

        assertThat(RecordBounds.holdIn(new byte[0])).isTrue();
        assertThat(RecordBounds.holdIn(Arrays.copyOf(record, record.length - 1))).isFalse();
        assertThat(RecordBounds.holdIn(Arrays.copyOf(record, record.length + 1))).isFalse();
        assertThat(RecordBounds.holdIn(Arrays.copyOf(record, record.length + BODY))).isTrue();
    }

    @Test
    void a_hello_is_told_from_all_else() {
        assertThat(RecordBounds.beginsWithClientHello(fragment(1, 0, 100, 30))).isTrue();
        assertThat(RecordBounds.beginsWithClientHello(fragment(2, 0, 100, 30))).isFalse();
        assertThat(RecordBounds.beginsWithClientHello(fragment(1, 1, 100, 30))).isFalse();
        assertThat(RecordBounds.beginsWithClientHello(new byte[BODY])).isFalse();
        assertThat(RecordBounds.beginsWithClientHello(new byte[0])).isFalse();
    }
}
