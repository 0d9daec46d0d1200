// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import noom.socketio.admin.AdminHost;
import noom.socketio.engine.SessionIds;

/// Lends time, ids and the facts of this process to a [noom.socketio.admin.AdminUi].
public final class VertxAdminHost implements AdminHost {
    private final Vertx vertx;
    private final SessionIds ids = new SessionIds(new SecureRandom());
    private final Instant startedAt = Instant.now();
    private final String hostname;

    private VertxAdminHost(Vertx vertx, String hostname) {
        this.vertx = vertx;
        this.hostname = hostname;
    }

    /// Asks the system for its name, which may block.
    public static VertxAdminHost of(Vertx vertx) {
        try {
            return new VertxAdminHost(vertx, InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException _) { // a machine whose name is in no directory
            return new VertxAdminHost(vertx, "localhost");
        }
    }

    @Override
    public long nowNanos() {
        return VertxSession.clockNanos();
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
    public Runnable every(Duration interval, Runnable task) {
        var thread = new HandlerThread();
        long timer = vertx.setPeriodic(interval.toMillis(), _ -> thread.execute(task));
        return () -> vertx.cancelTimer(timer);
    }

    @Override
    public String hostname() {
        return hostname;
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public Duration uptime() {
        var start = ProcessHandle.current().info().startInstant().orElse(startedAt);
        return Duration.between(start, Instant.now());
    }
}
