// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import noom.rtc.rtp.RtpPacket;
import org.junit.jupiter.api.Test;

class ReceivedStreamTest {
    private static final long MILLI = 1_000_000;
    private final MediaSource source = new MediaSource(TrackShape.camera(200_000), 7);
    private final ReceivedStream stream =
            new ReceivedStream("m/p1", 7, TrackShape.camera(200_000).markAt());
    private final RtpPacket packet = new RtpPacket();

    /// Sends one picture of one packet; it may be lost.
    private void send(Window window, Window.Count sent, long nowNanos, boolean arrives) {
        source.emit(
                () -> nowNanos,
                new MediaSource.Sink() {
                    @Override
                    public int nextTransportSeq() {
                        return 0;
                    }

                    @Override
                    public void send(byte[] bytes, int lengthBytes, long sentNanos) {
                        sent.add(window, sentNanos);
                        if (arrives && packet.wrap(bytes, 0, lengthBytes)) {
                            stream.onPacket(packet, window, nowNanos + 3 * MILLI);
                        }
                    }
                });
    }

    @Test
    void of_a_while_what_was_sent_in_it_is_counted_and_what_was_lost_is_missing() {
        var window = new Window(10 * MILLI, 50 * MILLI);
        var sent = new Window.Count();

        for (int i = 0; i < 10; i++) {
            send(window, sent, 10 * MILLI * i, i != 3);
        }

        assertThat(sent.in(window)).isEqualTo(4);
        assertThat(stream.in(window)).isEqualTo(3);
        assertThat(stream.total()).isEqualTo(9);
        assertThat(window.delays().count()).isEqualTo(3);
        assertThat(window.delays().percentileMillis(50)).isEqualTo(3.01);
    }

    @Test
    void each_while_begins_at_nothing() {
        var first = new Window(0, 50 * MILLI);
        var second = new Window(50 * MILLI, 90 * MILLI);
        var sent = new Window.Count();
        send(first, sent, 0, true);
        send(second, sent, 60 * MILLI, true);
        send(second, sent, 89 * MILLI, true);
        send(second, sent, 90 * MILLI, true);

        assertThat(stream.in(second)).isEqualTo(2);
        assertThat(stream.in(first)).isZero();
        assertThat(sent.in(Window.none())).isZero();
    }

    @Test
    void what_is_not_ours_is_not_counted() {
        var bytes = new byte[60];
        bytes[0] = (byte) 0x80;
        assertThat(packet.wrap(bytes)).isTrue();

        stream.onPacket(packet, new Window(-1, 1), 0);

        assertThat(stream.total()).isZero();
        assertThat(stream.unreadable()).isEqualTo(1);
    }
}
