// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import noom.socketio.Middleware;
import noom.socketio.Namespace;
import noom.socketio.Socket;
import noom.socketio.SocketIoServer;
import org.jspecify.annotations.Nullable;

/// The server's side of the official Admin UI, for the page of `@socket.io/admin-ui` 0.5, which
/// shows servers, clients, sockets, rooms and events live and can move and disconnect sockets.
///
/// ```java
/// var io = new SocketIoServer();
/// var password = PasswordHash.parse(System.getenv("ADMIN_PASSWORD_HASH"));
/// AdminUi.attach(
///         io,
///         AdminSettings.protectedBy(AdminAccess.password("admin", password)),
///         VertxAdminHost.of(vertx));
/// ```
/// Attach it before clients can come: what came before is counted, but not watched. In development
/// mode every event of every socket costs a message to each page, and in a cluster to each server;
/// in production mode there are sums only.
///
/// May be used from any thread. Memory order: `stopTimer` is one atomic value; all else is final.
public final class AdminUi implements AutoCloseable {
    private static final Duration STATS_INTERVAL = Duration.ofSeconds(2);
    private static final int MAX_NAMESPACES = 1_000;

    private final SocketIoServer io;
    private final AdminSettings settings;
    private final AdminHost host;
    private final Namespace pages;
    private final Feed feed;
    private final DataWatch data;
    private final Commands commands;
    private final @Nullable Gate gate;
    private final Traffic traffic = new Traffic();
    private final AtomicReference<Runnable> stopTimer = new AtomicReference<>(() -> {});

    private AdminUi(SocketIoServer io, AdminSettings settings, AdminHost host) {
        io.observe(traffic); // first: it may refuse
        this.io = io;
        this.settings = settings;
        this.host = host;
        this.gate =
                settings.access() instanceof AdminAccess.Password access
                        ? new Gate(access, host)
                        : null;
        this.pages = io.of(settings.namespace());
        if (gate != null) {
            pages.use(gate);
        }
        this.feed = new Feed(pages, host);
        this.data = new DataWatch(feed);
        this.commands = new Commands(io);
    }

    /// Begins to tell pages of a server, and to listen to them.
    ///
    /// @return ends the telling; pages that are there stay, and may still send commands
    /// @throws IllegalStateException if the namespace exists already, because somebody may be in it
    ///     who was not asked for a password, or if the server is observed already
    public static AdminUi attach(SocketIoServer io, AdminSettings settings, AdminHost host) {
        var name = settings.namespace();
        if (io.namespaces().containsKey(name.startsWith("/") ? name : "/" + name)) {
            throw new IllegalStateException("there is a namespace " + name + " already");
        }
        var ui = new AdminUi(io, settings, host);
        ui.begin();
        return ui;
    }

    private void begin() {
        pages.onConnection(this::welcome);
        if (isTellingAll()) {
            io.onNewNamespace(this::watch);
            io.namespaces().values().forEach(this::watch);
        }
        stopTimer.set(host.every(STATS_INTERVAL, this::tellStats));
    }

    private boolean isTellingAll() {
        return settings.mode() == AdminSettings.Mode.DEVELOPMENT;
    }

    private void watch(Namespace namespace) {
        new NamespaceWatch(namespace, feed, data).begin();
    }

    /// A page whose connection was recovered has not been through the middleware, and its session
    /// may have ended.
    private void welcome(Socket page) {
        if (gate == null || !page.recovered()) {
            admit(page);
            return;
        }
        gate.handle(
                page,
                new Middleware.Next() {
                    @Override
                    public void proceed() {
                        admit(page);
                    }

                    @Override
                    public void refuse(String message, @Nullable Object why) {
                        page.disconnect(true);
                    }
                });
    }

    private void admit(Socket page) {
        if (!settings.isReadonly()) {
            commands.takeFrom(page);
        }
        if (gate != null) {
            gate.giveSession(page);
        }
        page.emit("config", Map.of("supportedFeatures", features()));
        if (isTellingAll()) {
            new RollCall(page, feed).begin(io.namespaces().values());
        }
    }

    private List<String> features() {
        var features = new ArrayList<String>();
        if (!settings.isReadonly()) {
            features.addAll(Commands.FEATURES);
        }
        features.add("AGGREGATED_EVENTS");
        if (isTellingAll()) {
            features.add("ALL_EVENTS");
        }
        return features;
    }

    private void tellStats() {
        if (io.isClosing()) {
            close();
            return;
        }
        feed.tell("server_stats", stats());
        if (isTellingAll()) {
            data.look(io.namespaces().values());
        }
    }

    private Map<String, @Nullable Object> stats() {
        var serverId = settings.serverId();
        long second = host.epochMillis() / 1_000 * 1_000;
        var stats = new LinkedHashMap<String, @Nullable Object>();
        stats.put("serverId", serverId.isEmpty() ? host.hostname() + "#" + host.pid() : serverId);
        stats.put("hostname", host.hostname());
        stats.put("pid", host.pid());
        stats.put("uptime", host.uptime().toMillis() / 1e3);
        stats.put("clientsCount", io.connectionCount());
        stats.put("pollingClientsCount", traffic.pollingClients());
        stats.put("aggregatedEvents", traffic.take(second));
        stats.put(
                "namespaces",
                io.namespaces().values().stream()
                        .limit(MAX_NAMESPACES)
                        .map(AdminUi::size)
                        .toList());
        return stats;
    }

    private static Map<String, Object> size(Namespace namespace) {
        return Map.of("name", namespace.name(), "socketsCount", namespace.sockets().size());
    }

    /// Stops the statistics.
    @Override
    public void close() {
        stopTimer.getAndSet(() -> {}).run();
    }
}
