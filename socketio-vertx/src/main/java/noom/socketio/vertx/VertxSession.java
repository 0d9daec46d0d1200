// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.netty.util.concurrent.Future;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import noom.socketio.engine.EngineApplication;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.EngineSession;
import noom.socketio.engine.SessionHost;
import noom.socketio.engine.SessionIds;
import noom.socketio.engine.SessionSink;
import org.jspecify.annotations.Nullable;

/// One session with its loop and its timer.
///
/// The timer is set for the nearest deadline and never moved back: when it fires early, it is set
/// again. So a heartbeat costs one timer per ping, whatever is sent between.
///
/// Owner: the web loop that it was opened on; [#run] brings others there.
final class VertxSession implements SessionHost {
    private final VertxLoop loop;
    private final SessionIds ids;
    private final EngineSession session;
    private final SessionSink sink;
    private final String remoteAddress;
    private final Consumer<VertxSession> onGone;
    private @Nullable Future<?> timer;
    private long timerNanos = Long.MAX_VALUE;

    /// What all sessions of a handler share.
    record Origin(
            EngineConfig config,
            EngineApplication application,
            SessionIds ids,
            Consumer<VertxSession> forget) {}

    /// Time counts from here, so that sums with long durations do not overflow.
    private static final long START_NANOS = System.nanoTime();

    VertxSession(Origin origin, VertxLoop loop, EngineRequest request) {
        this.loop = loop;
        this.ids = origin.ids();
        this.remoteAddress = request.remoteAddress();
        this.onGone = origin.forget();
        this.session = new EngineSession(origin.ids().next(), origin.config(), nowNanos());
        this.sink = origin.application().accept(session, this, request);
    }

    String sid() {
        return session.sid();
    }

    /// Where it came from, as the handler sees it.
    String remoteAddress() {
        return remoteAddress;
    }

    SessionSink sink() {
        return sink;
    }

    /// What to do with the session, and when.
    @FunctionalInterface
    interface Step {
        void take(EngineSession session, long nowNanos);
    }

    /// Does something with the session on its loop: now if the caller is there, else in turn. What
    /// is due by then happens first, however late the timer is.
    void run(Step step) {
        loop.runOrPost(
                () -> {
                    long nowNanos = nowNanos();
                    if (nowNanos >= session.nextDeadlineNanos()) {
                        session.advance(nowNanos);
                    }
                    step.take(session, nowNanos);
                    rearm();
                });
    }

    @Override
    public VertxLoop loop() {
        return loop;
    }

    @Override
    public long nowNanos() {
        return clockNanos();
    }

    /// The time of all sessions.
    static long clockNanos() {
        return System.nanoTime() - START_NANOS;
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public String newId() {
        return ids.next();
    }

    @Override
    public void rearm() {
        long nextNanos = session.nextDeadlineNanos();
        if (session.isGone()) {
            cancelTimer();
            onGone.accept(this);
        } else if (nextNanos < timerNanos) {
            cancelTimer();
            timerNanos = nextNanos;
            timer = loop.schedule(Math.max(0, nextNanos - nowNanos()), this::fired);
        }
    }

    private void fired() {
        timer = null;
        timerNanos = Long.MAX_VALUE;
        run((_, _) -> {});
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
            timerNanos = Long.MAX_VALUE;
        }
    }

    @Override
    public Executor newHandlerThread() {
        return new HandlerThread();
    }

    @Override
    public Executor callbacks() {
        return task -> Thread.ofVirtual().name("socketio-callback").start(task);
    }
}
