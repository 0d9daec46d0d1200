// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import noom.socketio.engine.CloseReason;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EnginePacket;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.InputLimits;
import noom.socketio.engine.SessionIds;
import noom.socketio.engine.SessionSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The frames that are no messages, and the end of a WebSocket, on a channel whose time stands.
class WebSocketLinkTest {
    private static final int MAX_BYTES = 100;
    private static final Duration MESSAGE_TIMEOUT = Duration.ofSeconds(3);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> heard = new ArrayList<>();
    private final WebSocketLink link = open();

    private final class Recorder implements SessionSink {
        @Override
        public void onText(String text, long nowNanos) {
            heard.add(text);
        }

        @Override
        public void onBinary(byte[] bytes, long nowNanos) {
            heard.add(bytes.length + " bytes");
        }

        @Override
        public void onClose(CloseReason reason) {
            heard.add(reason.name());
        }
    }

    /// Opens a session; its open packet is read away.
    private WebSocketLink open() {
        channel.freezeTime();
        channel.pipeline().addLast(new WebSocket13FrameEncoder(false));
        var config =
                EngineConfig.defaults().with(new InputLimits(MAX_BYTES, 9, 2, MESSAGE_TIMEOUT));
        var origin =
                new VertxSession.Origin(
                        config,
                        (_, _, _) -> new Recorder(),
                        new SessionIds(new SecureRandom()),
                        _ -> {});
        var loop = new VertxLoop(channel.eventLoop());
        var request = new EngineRequest("GET", "/", Map.of(), Map.of(), "here", true, false);
        var session = new VertxSession(origin, loop, request);
        var opened = new WebSocketLink(channel, loop, session, config);
        channel.pipeline().addLast(opened);
        session.run((engine, now) -> engine.openFrames(session.sink(), opened, now));
        channel.runPendingTasks();
        channel.releaseOutbound();
        return opened;
    }

    @AfterEach
    void nothing_is_left() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    /// The head and the payload of the next frame that was sent; all of it in Latin-1.
    private String sent() {
        var text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return text.toString();
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private static String close(int status) {
        return "\u0088\u0002" + (char) (status >> 8) + (char) (status & 0xFF);
    }

    @Test
    void a_ping_is_answered_with_what_it_carries() {
        channel.writeInbound(new PingWebSocketFrame(bytes("life")));

        assertThat(sent()).isEqualTo("\u008a\u0004life");
        assertThat(heard).isEmpty();
    }

    @Test
    void who_does_not_read_gets_no_more_pongs() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        channel.unsafe().outboundBuffer().addMessage(bytes("unread"), 6, channel.newPromise());
        assertThat(channel.isWritable()).isFalse();

        channel.writeInbound(new PingWebSocketFrame(bytes("life")));

        assertThat(channel.outboundMessages()).isEmpty();
    }

    @Test
    void a_pong_is_nothing() {
        channel.writeInbound(new PongWebSocketFrame(bytes("x")));

        assertThat(sent()).isEmpty();
        assertThat(heard).isEmpty();
    }

    @Test
    void text_that_is_none_closes_and_its_replacement_character_does_not() {
        channel.writeInbound(new TextWebSocketFrame("4a\uFFFDb"));
        assertThat(heard).containsExactly("a\uFFFDb");

        channel.writeInbound(new TextWebSocketFrame(bytes("4\u00FF")));

        assertThat(sent()).isEqualTo(close(1007));
        assertThat(heard).containsExactly("a\uFFFDb", "TRANSPORT_ERROR");
    }

    @Test
    void a_message_is_as_large_as_allowed_whole_and_in_parts() {
        channel.writeInbound(new TextWebSocketFrame("4" + "x".repeat(MAX_BYTES - 1)));
        channel.writeInbound(new TextWebSocketFrame(false, 0, bytes("4" + "y".repeat(49))));
        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, bytes("y".repeat(50))));
        assertThat(heard).containsExactly("x".repeat(99), "y".repeat(99));

        channel.writeInbound(new TextWebSocketFrame("4" + "x".repeat(MAX_BYTES)));

        assertThat(sent()).isEqualTo(close(1009));
        assertThat(heard).last().isEqualTo("TRANSPORT_ERROR");
    }

    @Test
    void a_message_in_parts_over_a_limit_closes() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, bytes("4" + "y".repeat(50))));
        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, bytes("y".repeat(50))));

        assertThat(sent()).isEqualTo(close(1009));
    }

    @Test
    void too_many_parts_close() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, bytes("4")));
        channel.writeInbound(new ContinuationWebSocketFrame(false, 0, bytes("y")));
        assertThat(sent()).isEmpty();
        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, bytes("y")));

        assertThat(sent()).isEqualTo(close(1009));
    }

    @Test
    void a_message_that_is_begun_must_end_in_time() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, bytes("4")));
        pass(MESSAGE_TIMEOUT.minusMillis(1));
        assertThat(sent()).isEmpty();

        pass(Duration.ofMillis(1));

        assertThat(sent()).isEqualTo(close(1009));
        assertThat(heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_message_that_has_ended_is_not_timed() {
        channel.writeInbound(new TextWebSocketFrame(false, 0, bytes("4")));
        channel.writeInbound(new ContinuationWebSocketFrame(true, 0, bytes("y")));

        pass(MESSAGE_TIMEOUT);

        assertThat(heard).containsExactly("y");
    }

    @Test
    void the_client_s_close_frame_is_given_back_and_then_the_line_ends() {
        channel.writeInbound(new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));

        assertThat(sent()).startsWith("\u0088").contains("\u0003\u00e9"); // 1001
        assertThat(channel.isActive()).isFalse();
        assertThat(heard).containsExactly("TRANSPORT_CLOSE");
    }

    @Test
    void our_close_frame_is_answered_before_the_line_ends() {
        link.close();
        assertThat(sent()).isEqualTo(close(1000));
        assertThat(channel.isActive()).isTrue();

        channel.writeInbound(new TextWebSocketFrame("4too late"));
        channel.writeInbound(new CloseWebSocketFrame(1000, ""));

        assertThat(sent()).isEmpty();
        assertThat(channel.isActive()).isFalse();
        assertThat(heard).doesNotContain("too late");
    }

    @Test
    void who_never_answers_our_close_frame_is_not_waited_for_long() {
        link.close();
        pass(Duration.ofNanos(WebSocketLink.CLOSE_TIMEOUT_NANOS - 1));
        assertThat(channel.isActive()).isTrue();

        pass(Duration.ofNanos(1));

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void whoever_closes_the_channel_waits_for_the_handshake() {
        var first = channel.close();
        var second = channel.close();
        assertThat(sent()).isEqualTo(close(1000));
        assertThat(first.isDone()).isFalse();

        channel.writeInbound(new CloseWebSocketFrame(1000, ""));

        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isSuccess()).isTrue();
        assertThat(heard).containsExactly("TRANSPORT_CLOSE");
    }

    @Test
    void a_line_that_breaks_is_a_close() {
        channel.pipeline().fireExceptionCaught(new IOException("reset"));

        assertThat(channel.isActive()).isFalse();
        assertThat(heard).containsExactly("TRANSPORT_CLOSE");
    }

    @Test
    void what_netty_has_refused_already_gets_no_second_close_frame() {
        channel.pipeline().fireExceptionCaught(new CorruptedWebSocketFrameException());

        assertThat(sent()).isEmpty();
        assertThat(channel.isActive()).isFalse();
        assertThat(heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void what_cannot_be_decoded_closes() {
        channel.pipeline().fireExceptionCaught(new DecoderException("inflate"));
        assertThat(sent()).isEqualTo(close(1007));
        assertThat(heard).containsExactly("TRANSPORT_ERROR");
    }

    @Test
    void a_fault_of_ours_says_so() {
        channel.pipeline().fireExceptionCaught(new IllegalStateException("a bug"));

        assertThat(sent()).isEqualTo(close(1011));
    }

    @Test
    void the_application_s_idle_timeout_ends_it_at_once() {
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.ALL_IDLE_STATE_EVENT);

        assertThat(sent()).isEmpty();
        assertThat(channel.isActive()).isFalse();
        assertThat(heard).containsExactly("TRANSPORT_CLOSE");
    }

    @Test
    void reading_pauses_and_goes_on_and_a_closing_link_reads_always() {
        link.pause();
        assertThat(channel.config().isAutoRead()).isFalse();
        link.resume();
        assertThat(channel.config().isAutoRead()).isTrue();

        link.pause();
        link.close();

        assertThat(channel.config().isAutoRead()).isTrue();
        link.pause();
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void a_closed_link_may_still_be_asked_and_written_to() {
        channel.pipeline().fireExceptionCaught(new IOException("reset"));

        assertThat(link.isWritable()).isFalse();
        link.write(EnginePacket.TextMessage.of("too late"));
        link.pause();
        link.resume();
        link.close();
        channel.runPendingTasks();

        assertThat(sent()).isEmpty();
        assertThat(heard).containsExactly("TRANSPORT_CLOSE");
    }
}
