// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/// One session of the lite side of ICE: it answers the peer's checks, keeps the path that the peer
/// wants, and watches consent (RFC 8445 sections 2.5 and 7.3, RFC 7675).
///
/// ```
///          valid check            nominated
///    NEW ─────────────► CONNECTED ─────────► COMPLETED
///                           ▲  │                 │
///              valid check  │  │ no path alive   │
///                           │  ▼                 │
///                       DISCONNECTED ◄───────────┘
/// ```
/// A lite agent sends no checks, so the peer's own are its consent: a path on which none came for
/// [#CONSENT_NANOS] is dead. The peer is always the controlling side; who says otherwise is told of
/// the conflict (487). Of several nominations the highest value counts, for who sends values
/// (renomination), else the last one.
///
/// Nothing is answered that does not prove the password, so a stranger learns nothing and gets
/// nothing sent anywhere.
///
/// Owner: whoever created it. Bytes are borrowed until the call returns.
public final class IceLite {
    /// Paths remembered at once; one more forgets the one that is silent longest, but never the
    /// selected one.
    public static final int MAX_PATHS = 8;

    /// How long a path lives without a check (RFC 7675 section 5.1).
    public static final long CONSENT_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int BAD_REQUEST = 400;
    private static final int UNKNOWN_ATTRIBUTE = 420;
    private static final int ROLE_CONFLICT = 487;
    private static final long NOT_NOMINATED = -1;
    private static final char SEPARATOR = ':';

    private final Sink sink;
    private final StunMessage message = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private final List<Path> paths = new ArrayList<>();
    private final Map<IceDrop, Long> dropped = new EnumMap<>(IceDrop.class);
    private Secret current;
    private @Nullable Secret next;
    private @Nullable Path selected;
    private long nomination = NOT_NOMINATED;
    private IceState state = IceState.NEW;
    private boolean inSink;

    /// What comes out. A sink must not call the session that calls it.
    public interface Sink {
        /// Sends an answer; the array is the sink's.
        void transmit(byte[] datagram, InetSocketAddress to);

        /// A path has proved itself: what comes from there belongs to this session from now on.
        void onPathFound(InetSocketAddress remote);

        /// A path is forgotten.
        void onPathLost(InetSocketAddress remote);

        /// Where to send from now on. Before the state that allows it.
        void onSelected(InetSocketAddress remote);

        /// The session stands elsewhere.
        void onState(IceState state);
    }

    /// One set of credentials of ours, ready to check with.
    private record Secret(IceCredentials credentials, MessageIntegrity integrity) {
        static Secret of(IceCredentials credentials) {
            return new Secret(credentials, MessageIntegrity.ofShortTerm(credentials.password()));
        }
    }

    /// Where valid checks came from.
    private static final class Path {
        final InetSocketAddress remote;
        long heardNanos;

        Path(InetSocketAddress remote) {
            this.remote = remote;
        }
    }

    /// @param credentials those that the peer was told
    public IceLite(IceCredentials credentials, Sink sink) {
        this.current = Secret.of(credentials);
        this.sink = sink;
    }

    /// The fragment that names the receiver of a check, the part of USERNAME before the colon: by
    /// it a port finds the session of a datagram from a stranger.
    ///
    /// @return null if there is none
    public static @Nullable String ufragOf(StunMessage message) {
        byte[] username = message.value(StunAttribute.USERNAME);
        if (username == null) {
            return null;
        }
        var text = new String(username, StandardCharsets.UTF_8);
        int end = text.indexOf(SEPARATOR);
        return end <= 0 ? null : text.substring(0, end);
    }

    /// Where it stands.
    public IceState state() {
        return state;
    }

    /// Where to send; null before the first valid check and after consent has run out.
    public @Nullable InetSocketAddress selectedPath() {
        return selected == null ? null : selected.remote;
    }

    /// Whether a check that came from there holds still: what is no STUN is taken from such
    /// addresses only.
    public boolean hasPath(InetSocketAddress remote) {
        for (var path : paths) {
            if (path.remote.equals(remote)) {
                return true;
            }
        }
        return false;
    }

    /// Datagrams met with silence for this reason.
    public long droppedCount(IceDrop reason) {
        return dropped.getOrDefault(reason, 0L);
    }

    /// The peer was told new credentials (RFC 8445 section 9). Checks with the old ones hold until
    /// the first one with the new. A second restart before that replaces the new ones.
    public void restart(IceCredentials credentials) {
        assert !inSink;
        next = Secret.of(credentials);
    }

    /// A datagram that looks like STUN (RFC 7983 section 7: its first byte is 0 to 3).
    ///
    /// @param from where it came from, and where its answer goes
    /// @return why it was met with silence; null if it was answered
    public @Nullable IceDrop receive(
            byte[] datagram, int offset, int lengthBytes, InetSocketAddress from, long nowNanos) {
        assert !inSink;
        if (!message.wrap(datagram, offset, lengthBytes)) {
            return drop(IceDrop.MALFORMED);
        }
        if (message.type() != StunMessage.BINDING_REQUEST) {
            return drop(IceDrop.NOT_BINDING_REQUEST);
        }
        var secret = secretOf(ufragOf(message));
        if (secret == null) {
            return drop(IceDrop.WRONG_USERNAME);
        }
        if (!secret.integrity.verifies(message)) {
            return drop(IceDrop.WRONG_PASSWORD);
        }
        if (!message.has(StunAttribute.FINGERPRINT)) {
            return drop(IceDrop.NO_FINGERPRINT);
        }
        answer(secret, from, nowNanos);
        return null;
    }

    private IceDrop drop(IceDrop reason) {
        dropped.merge(reason, 1L, Long::sum);
        return reason;
    }

    private @Nullable Secret secretOf(@Nullable String ufrag) {
        if (current.credentials.ufrag().equals(ufrag)) {
            return current;
        }
        var restarted = next;
        return restarted != null && restarted.credentials.ufrag().equals(ufrag) ? restarted : null;
    }

    private void answer(Secret secret, InetSocketAddress from, long nowNanos) {
        int[] unknown = message.unknownRequired();
        if (unknown.length > 0) {
            refuse(secret, from, UNKNOWN_ATTRIBUTE, unknown);
        } else if (message.has(StunAttribute.ICE_CONTROLLED)) {
            refuse(secret, from, ROLE_CONFLICT);
        } else if (!message.has(StunAttribute.PRIORITY)) { // RFC 8445 section 7.1.1
            refuse(secret, from, BAD_REQUEST);
        } else {
            byte[] id = message.transactionId();
            writer.begin(StunMessage.BINDING_SUCCESS, id).xorMappedAddress(from);
            transmit(secret, from);
            take(secret, from, nowNanos);
        }
    }

    private void refuse(Secret secret, InetSocketAddress from, int code, int... unknown) {
        writer.begin(StunMessage.BINDING_ERROR, message.transactionId()).errorCode(code);
        if (unknown.length > 0) {
            writer.unknownAttributes(unknown);
        }
        transmit(secret, from);
    }

    private void transmit(Secret secret, InetSocketAddress to) {
        byte[] datagram = writer.messageIntegrity(secret.integrity).fingerprint().toBytes();
        tell(() -> sink.transmit(datagram, to));
    }

    /// A check that holds.
    private void take(Secret secret, InetSocketAddress from, long nowNanos) {
        if (!secret.equals(current)) {
            current = secret;
            next = null;
            nomination = NOT_NOMINATED;
        }
        var path = pathOf(from);
        path.heardNanos = nowNanos;
        boolean isNominated = takesNomination(path);
        if (selected == null || isNominated) {
            select(path);
        }
        if (isNominated) {
            become(IceState.COMPLETED);
        } else if (state == IceState.NEW || state == IceState.DISCONNECTED) {
            become(IceState.CONNECTED);
        }
    }

    private Path pathOf(InetSocketAddress remote) {
        for (var path : paths) {
            if (path.remote.equals(remote)) {
                return path;
            }
        }
        if (paths.size() == MAX_PATHS) {
            forgetMostSilent();
        }
        var path = new Path(remote);
        paths.add(path);
        tell(() -> sink.onPathFound(remote));
        return path;
    }

    private void forgetMostSilent() {
        Path silent = null;
        for (var path : paths) {
            if (path != selected && (silent == null || path.heardNanos < silent.heardNanos)) {
                silent = path;
            }
        }
        if (silent != null) {
            forget(silent);
        }
    }

    private void forget(Path path) {
        paths.remove(path);
        tell(() -> sink.onPathLost(path.remote));
    }

    /// Whether this check makes its path the one, as the peer says.
    private boolean takesNomination(Path path) {
        long value =
                Math.max(
                        nominationOf(StunAttribute.NOMINATION),
                        nominationOf(StunAttribute.GOOG_NOMINATION));
        if (value == NOT_NOMINATED) {
            return nomination == NOT_NOMINATED && message.has(StunAttribute.USE_CANDIDATE);
        }
        if (value <= nomination) {
            return value == nomination && path == selected; // else overtaken on its way
        }
        nomination = value;
        return true;
    }

    private long nominationOf(int attributeType) {
        byte[] value = message.value(attributeType);
        return value == null || value.length != Integer.BYTES
                ? NOT_NOMINATED
                : Integer.toUnsignedLong(ByteBuffer.wrap(value).getInt());
    }

    private void select(Path path) {
        if (path != selected) {
            selected = path;
            tell(() -> sink.onSelected(path.remote));
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (var path : paths) {
            next = Math.min(next, path.heardNanos + CONSENT_NANOS);
        }
        return next;
    }

    /// Time in; at or after [#nextDeadlineNanos()]. If the selected path is dead, the one that was
    /// heard last takes its place.
    public void advance(long nowNanos) {
        assert !inSink;
        for (var path : List.copyOf(paths)) {
            if (nowNanos - path.heardNanos >= CONSENT_NANOS) {
                forget(path);
            }
        }
        if (selected == null || paths.contains(selected)) {
            return;
        }
        selected = null;
        Path latest = null;
        for (var path : paths) {
            latest = latest == null || path.heardNanos > latest.heardNanos ? path : latest;
        }
        if (latest == null) {
            become(IceState.DISCONNECTED);
        } else {
            select(latest);
            become(IceState.CONNECTED);
        }
    }

    private void become(IceState newState) {
        if (state != newState) {
            state = newState;
            tell(() -> sink.onState(newState));
        }
    }

    private void tell(Runnable news) {
        inSink = true;
        news.run();
        inSink = false;
    }
}
