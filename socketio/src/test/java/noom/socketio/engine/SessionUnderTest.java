// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A session in virtual time, its sink, and a client's gestures.
final class SessionUnderTest implements SessionSink {
    final VirtualLoop loop = new VirtualLoop();
    final VirtualHost host = new VirtualHost(loop);
    final EngineSession session;
    final List<String> heard = new ArrayList<>();
    boolean wantsMore = true;

    private SessionUnderTest(EngineConfig config) {
        session = new EngineSession("SID", config, host.nowNanos());
    }

    static SessionUnderTest overPolling(EngineConfig config) {
        var test = new SessionUnderTest(config);
        var handshake = new RecordingExchange();
        test.session.openPolling(test, handshake, 0);
        test.heard.add(handshake.answer());
        test.host.watch(test.session);
        return test;
    }

    static SessionUnderTest overPolling() {
        var test = overPolling(EngineConfig.defaults());
        test.heard.clear();
        return test;
    }

    static SessionUnderTest overWebSocket(EngineConfig config, RecordingLink link) {
        var test = new SessionUnderTest(config);
        test.session.openFrames(test, link, 0);
        test.host.watch(test.session);
        return test;
    }

    static SessionUnderTest overWebSocket(RecordingLink link) {
        var test = overWebSocket(EngineConfig.defaults(), link);
        link.take();
        return test;
    }

    long now() {
        return host.nowNanos();
    }

    void advance(Duration by) {
        host.rearm();
        loop.advance(by);
    }

    void advanceSeconds(long seconds) {
        advance(Duration.ofSeconds(seconds));
    }

    RecordingExchange get() {
        var exchange = new RecordingExchange();
        session.poll(exchange, now());
        return exchange;
    }

    RecordingExchange post(String body) {
        var exchange = new RecordingExchange();
        if (session.beginPost(exchange, "text/plain;charset=UTF-8")) {
            session.post(exchange, body, now());
        }
        return exchange;
    }

    RecordingLink candidate() {
        var link = new RecordingLink();
        session.offerUpgrade(link, now());
        return link;
    }

    void text(RecordingLink link, String text) {
        session.receiveText(link, text, now());
    }

    void send(String... texts) {
        var packets = new ArrayList<EnginePacket>();
        for (var text : texts) {
            packets.add(EnginePacket.TextMessage.of(text));
        }
        session.send(packets, now());
    }

    @Override
    public void onText(String text, long nowNanos) {
        heard.add(text);
    }

    @Override
    public void onBinary(byte[] bytes, long nowNanos) {
        heard.add("0x" + HexFormat.of().formatHex(bytes));
    }

    @Override
    public void onClose(CloseReason reason) {
        heard.add(reason.name());
    }

    @Override
    public boolean wantsMore() {
        return wantsMore;
    }
}
