// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Counts sessions and handshakes, in all and by source, and refuses what is over a limit. A
/// binding asks it before it makes a session and tells it when the session has gone.
///
/// A source is an address as text. Of an IPv6 address only the first 64 bits count: whoever has one
/// address has all of those. IPv6 forms of IPv4 addresses count as these. Any other text is a
/// source of its own.
///
/// Shared by the web loops. Memory order: an entry of `sources` is changed inside `compute`, alone
/// for its source; `sessions` and `fullNanos` are single atomic values changed by one
/// compare-and-set each, also from within `compute`, and wait for nobody. So no limit is ever
/// exceeded, and a refusal changes nothing. An entry is there only while its source has a session
/// or its bucket is not full, and only once the limits in all have let it in: the table grows no
/// faster than the rate in all and forgets in the time of one burst.
public final class Admission {
    private static final long SWEEP_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int RETRY_WHEN_FULL_SECONDS = 10;
    private static final int SITE_PREFIX_BYTES = 8;
    private static final Source NEW = new Source(0, Long.MIN_VALUE);

    private final AdmissionLimits limits;
    private final Map<String, Source> sources = new ConcurrentHashMap<>();
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLong fullNanos = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong sweepNanos = new AtomicLong(Long.MIN_VALUE);

    private record Source(int sessions, long fullNanos) {
        boolean isIdle(long nowNanos) {
            return sessions == 0 && fullNanos <= nowNanos;
        }
    }

    /// @param limits what to let in
    public Admission(AdmissionLimits limits) {
        this.limits = limits;
    }

    /// Asks to open a session; once empty, [#release] must follow when it has gone.
    ///
    /// @return the refusal, or empty if the session is counted now
    public Optional<EngineRefusal> admit(String address, long nowNanos) {
        sweep(nowNanos);
        var attempt = new Attempt(nowNanos);
        sources.compute(sourceOf(address), attempt);
        return Optional.ofNullable(attempt.refusal);
    }

    /// A session that was admitted has gone.
    public void release(String address, long nowNanos) {
        sources.computeIfPresent(
                sourceOf(address),
                (_, source) -> {
                    sessions.decrementAndGet();
                    var left = new Source(source.sessions - 1, source.fullNanos);
                    return left.isIdle(nowNanos) ? null : left;
                });
    }

    /// Sessions now.
    public int sessionCount() {
        return sessions.get();
    }

    /// Sources that are remembered now.
    public int sourceCount() {
        return sources.size();
    }

    private final class Attempt implements BiFunction<String, @Nullable Source, @Nullable Source> {
        private final long nowNanos;
        private @Nullable EngineRefusal refusal;

        Attempt(long nowNanos) {
            this.nowNanos = nowNanos;
        }

        @Override
        public @Nullable Source apply(String name, @Nullable Source known) {
            var source = known == null ? NEW : known;
            var rate = limits.handshakesPerSource();
            long waitNanos = rate.waitNanos(source.fullNanos, nowNanos);
            if (source.sessions >= limits.maxSessionsPerSource()) {
                refusal = refusal(429, RETRY_WHEN_FULL_SECONDS);
            } else if (waitNanos > 0) {
                refusal = refusal(429, seconds(waitNanos));
            } else {
                refusal = admitInAll(nowNanos);
            }
            return refusal != null
                    ? known
                    : new Source(source.sessions + 1, rate.take(source.fullNanos, nowNanos));
        }
    }

    private @Nullable EngineRefusal admitInAll(long nowNanos) {
        int max = limits.maxSessions();
        if (sessions.getAndUpdate(count -> count < max ? count + 1 : count) >= max) {
            return refusal(503, RETRY_WHEN_FULL_SECONDS);
        }
        var rate = limits.handshakes();
        long before =
                fullNanos.getAndUpdate(
                        full ->
                                rate.waitNanos(full, nowNanos) > 0
                                        ? full
                                        : rate.take(full, nowNanos));
        long waitNanos = rate.waitNanos(before, nowNanos);
        if (waitNanos > 0) {
            sessions.decrementAndGet();
            return refusal(429, seconds(waitNanos));
        }
        return null;
    }

    private static EngineRefusal refusal(int status, int retryAfterSeconds) {
        return new EngineRefusal(status, 4, "Too many connections", retryAfterSeconds);
    }

    private static int seconds(long waitNanos) {
        return (int) Math.min(Math.ceilDiv(waitNanos, NANOS_PER_SECOND), Integer.MAX_VALUE);
    }

    /// Forgets idle sources, at most once per interval.
    private void sweep(long nowNanos) {
        long due = sweepNanos.get();
        if (nowNanos >= due && sweepNanos.compareAndSet(due, nowNanos + SWEEP_INTERVAL_NANOS)) {
            sources.values().removeIf(source -> source.isIdle(nowNanos));
        }
    }

    private static String sourceOf(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            var parsed = InetAddress.ofLiteral(address);
            var bytes = parsed.getAddress();
            return bytes.length > SITE_PREFIX_BYTES
                    ? HexFormat.of().formatHex(bytes, 0, SITE_PREFIX_BYTES)
                    : String.valueOf(parsed.getHostAddress());
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}
