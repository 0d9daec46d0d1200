// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.time.Duration;
import noom.socketio.engine.VirtualLoop;

/// Lends virtual time.
final class VirtualAdminHost implements AdminHost {
    private final VirtualLoop loop;
    private int ids;
    private boolean stopped;

    VirtualAdminHost(VirtualLoop loop) {
        this.loop = loop;
    }

    /// Whether the timer was taken back.
    boolean isStopped() {
        return stopped;
    }

    @Override
    public long nowNanos() {
        return loop.nowNanos();
    }

    @Override
    public long epochMillis() {
        return loop.epochMillis();
    }

    @Override
    public String newId() {
        return "session" + ids++;
    }

    @Override
    public Runnable every(Duration interval, Runnable task) {
        loop.schedule(
                interval,
                () -> {
                    if (!stopped) {
                        task.run();
                        every(interval, task);
                    }
                });
        return () -> stopped = true;
    }

    @Override
    public String hostname() {
        return "host";
    }

    @Override
    public long pid() {
        return 7;
    }

    @Override
    public Duration uptime() {
        return Duration.ofMillis(1_500);
    }
}
