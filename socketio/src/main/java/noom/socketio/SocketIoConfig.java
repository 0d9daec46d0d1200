// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.time.Duration;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.InputLimits;
import noom.socketio.engine.Timings;
import noom.socketio.protocol.PacketLimits;
import noom.socketio.protocol.Parser;

/// Settings of a server; see the table in the module's README.
///
/// @param engine the layer below: path, transports, heartbeat, sizes, origins
/// @param connectTimeout from the opening of a connection to its end if it joined no namespace
/// @param maxUnconnected connections that have joined no namespace yet, at least 1;
///     `Integer.MAX_VALUE` is no limit. Over: the oldest of them is closed, so that whoever fills
///     the places cannot keep newcomers out
/// @param packets what a packet may hold
/// @param sockets what a client may hold
/// @param recovery how clients that lost their connection are recovered
/// @param parser how packets travel; the clients must use the same
/// @param cleanupEmptyChildNamespaces whether a namespace that was made for a client ends with its
///     last client, and with the sessions that wait in it
public record SocketIoConfig(
        EngineConfig engine,
        Duration connectTimeout,
        int maxUnconnected,
        PacketLimits packets,
        SocketLimits sockets,
        RecoverySettings recovery,
        Parser parser,
        boolean cleanupEmptyChildNamespaces) {
    /// @throws IllegalArgumentException if the timeout or the number is not positive
    public SocketIoConfig {
        if (!connectTimeout.isPositive() || maxUnconnected < 1) {
            throw new IllegalArgumentException("connectTimeout, maxUnconnected must be positive");
        }
    }

    /// The official server's settings: `/socket.io/`, 25 s, 20 s, 10 s, 45 s, one million bytes, no
    /// rate limits.
    public static SocketIoConfig defaults() {
        return new SocketIoConfig(
                EngineConfig.defaults().withPath("/socket.io/"),
                Duration.ofSeconds(45),
                Integer.MAX_VALUE,
                PacketLimits.DEFAULT,
                SocketLimits.DEFAULT,
                RecoverySettings.OFF,
                Parser.JSON,
                false);
    }

    /// The same settings with another layer below.
    public SocketIoConfig with(EngineConfig newEngine) {
        return changed(draft -> draft.engine = newEngine);
    }

    /// The same settings with other limits of packets.
    public SocketIoConfig with(PacketLimits newPackets) {
        return changed(draft -> draft.packets = newPackets);
    }

    /// The same settings with other limits of sockets.
    public SocketIoConfig with(SocketLimits newSockets) {
        return changed(draft -> draft.sockets = newSockets);
    }

    /// The same settings with another connection state recovery.
    public SocketIoConfig with(RecoverySettings newRecovery) {
        return changed(draft -> draft.recovery = newRecovery);
    }

    /// The same settings with another parser, such as
    /// [noom.socketio.msgpack.MessagePackParser].
    public SocketIoConfig with(Parser newParser) {
        return changed(draft -> draft.parser = newParser);
    }

    /// The same settings, where empty namespaces made on demand end or stay.
    public SocketIoConfig withCleanupEmptyChildNamespaces(boolean value) {
        return changed(draft -> draft.cleanupEmptyChildNamespaces = value);
    }

    /// The same settings, mounted elsewhere.
    public SocketIoConfig withPath(String path) {
        return with(engine.withPath(path));
    }

    /// The same settings with another time to join a namespace.
    public SocketIoConfig withConnectTimeout(Duration timeout) {
        return changed(draft -> draft.connectTimeout = timeout);
    }

    /// The same settings with another number of connections that have joined nothing yet.
    public SocketIoConfig withMaxUnconnected(int max) {
        return changed(draft -> draft.maxUnconnected = max);
    }

    /// The same settings with another heartbeat.
    public SocketIoConfig withPing(Duration interval, Duration timeout) {
        return with(engine.with(new Timings(interval, timeout, engine.timings().upgradeTimeout())));
    }

    /// The same settings with another limit of a POST body and a WebSocket message, in bytes.
    public SocketIoConfig withMaxPayloadBytes(int maxPayloadBytes) {
        var input = engine.input();
        return with(
                engine.with(
                        new InputLimits(
                                maxPayloadBytes,
                                input.maxPacketsPerPost(),
                                input.maxFragments(),
                                input.messageTimeout())));
    }

    /// The same settings with a rule for (`Origin`, `Host`): a foreign page is refused with 403.
    public SocketIoConfig withOrigins(BiPredicate<String, String> origins) {
        return with(engine.with(engine.access().withOrigins(origins)));
    }

    /// The same settings with CORS headers for these origins.
    public SocketIoConfig withCors(Predicate<String> origins) {
        return with(engine.with(engine.access().withReadableBy(origins)));
    }

    private SocketIoConfig changed(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.settled();
    }

    /// A copy in which one thing is changed.
    private static final class Draft {
        EngineConfig engine;
        Duration connectTimeout;
        int maxUnconnected;
        PacketLimits packets;
        SocketLimits sockets;
        RecoverySettings recovery;
        Parser parser;
        boolean cleanupEmptyChildNamespaces;

        Draft(SocketIoConfig from) {
            engine = from.engine;
            connectTimeout = from.connectTimeout;
            maxUnconnected = from.maxUnconnected;
            packets = from.packets;
            sockets = from.sockets;
            recovery = from.recovery;
            parser = from.parser;
            cleanupEmptyChildNamespaces = from.cleanupEmptyChildNamespaces;
        }

        SocketIoConfig settled() {
            return new SocketIoConfig(
                    engine,
                    connectTimeout,
                    maxUnconnected,
                    packets,
                    sockets,
                    recovery,
                    parser,
                    cleanupEmptyChildNamespaces);
        }
    }
}
