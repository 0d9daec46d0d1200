// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/// How much is inflated, counted.
class InflatingDecoderTest {
    private static final int LIMIT = 1_000_000;

    private static EmbeddedChannel guarded() {
        var agreed =
                new PerMessageDeflateServerExtensionHandshaker(0)
                        .handshakeExtension(
                                new WebSocketExtensionData("permessage-deflate", Map.of()));
        var channel = new EmbeddedChannel(agreed.newExtensionDecoder());
        InflatingDecoder.guard(channel.pipeline(), LIMIT);
        return channel;
    }

    private static byte[] zeros(int count, int flush) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(new byte[count]);
        if (flush == Deflater.NO_FLUSH) {
            deflater.finish();
        }
        var bytes = new byte[count / 500 + 1_000];
        int length = deflater.deflate(bytes, 0, bytes.length, flush);
        deflater.end();
        return Arrays.copyOf(bytes, flush == Deflater.NO_FLUSH ? length : length - 4);
    }

    private static long receivedBytes(EmbeddedChannel channel) {
        long received = 0;
        for (WebSocketFrame frame = channel.readInbound();
                frame != null;
                frame = channel.readInbound()) {
            received += frame.content().readableBytes();
            assertThat(frame.rsv()).isZero();
            frame.release();
        }
        return received;
    }

    @Test
    void a_thousand_megabytes_are_inflated_up_to_one_byte_over_the_limit() {
        var channel = guarded();
        var bomb = zeros(1_000_000_000, Deflater.SYNC_FLUSH);

        channel.writeInbound(new BinaryWebSocketFrame(true, 4, Unpooled.wrappedBuffer(bomb)));

        assertThat(receivedBytes(channel))
                .as("inflated of %,d bytes that become a thousand megabytes", bomb.length)
                .isEqualTo(LIMIT + 1);
        channel.writeInbound(new BinaryWebSocketFrame(true, 4, Unpooled.wrappedBuffer(bomb)));
        assertThat(receivedBytes(channel)).as("after the limit").isZero();
        channel.finishAndReleaseAll();
    }

    @Test
    void fragments_share_one_limit() {
        var channel = guarded();
        var half = zeros(LIMIT / 2, Deflater.SYNC_FLUSH);
        var joined = Arrays.copyOf(half, half.length + 4);
        joined[half.length + 2] = (byte) 0xFF;
        joined[half.length + 3] = (byte) 0xFF;

        channel.writeInbound(new BinaryWebSocketFrame(false, 4, Unpooled.wrappedBuffer(joined)));
        for (int i = 0; i < 100; i++) {
            channel.writeInbound(
                    new ContinuationWebSocketFrame(false, 0, Unpooled.wrappedBuffer(joined)));
        }

        assertThat(receivedBytes(channel)).isEqualTo(LIMIT + 1);
        channel.finishAndReleaseAll();
    }

    @Test
    void each_message_has_the_whole_limit_and_may_end_with_a_last_block() {
        var channel = guarded();

        for (int i = 0; i < 3; i++) {
            var last = zeros(LIMIT, Deflater.NO_FLUSH);
            channel.writeInbound(new BinaryWebSocketFrame(true, 4, Unpooled.wrappedBuffer(last)));
            assertThat(receivedBytes(channel)).isEqualTo(LIMIT);
            var flushed = zeros(LIMIT, Deflater.SYNC_FLUSH);
            channel.writeInbound(
                    new BinaryWebSocketFrame(true, 4, Unpooled.wrappedBuffer(flushed)));
            assertThat(receivedBytes(channel)).isEqualTo(LIMIT);
        }
        channel.finishAndReleaseAll();
    }

    @Test
    void without_compression_nothing_is_put_in() {
        var channel = new EmbeddedChannel();

        InflatingDecoder.guard(channel.pipeline(), LIMIT);

        assertThat(channel.pipeline().get(InflatingDecoder.class)).isNull();
    }
}
