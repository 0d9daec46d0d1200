// SPDX-License-Identifier: Apache-2.0
package noom.server;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import noom.meeting.MeetingConfig;
import noom.meeting.Moment;
import noom.server.admin.AdminRoutes;
import noom.server.admin.AdminToken;
import noom.server.config.ServerConfig;
import noom.server.http.MeetingRoutes;
import noom.server.http.SecurityHeaders;
import noom.server.http.WebAssets;
import noom.server.media.MediaBridge;
import noom.server.media.MediaPort;
import noom.server.signal.IceServers;
import noom.server.signal.SignalServer;
import noom.server.store.Journal;
import noom.server.store.SqliteJournal;
import noom.server.tls.SelfSigned;

/// The whole program: starts every part, and stops them in the opposite order.
public final class NoomServer implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int FREE_PORT_TRIES = 20;

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final ServerConfig config;
    private final int port;
    private Optional<SelfSigned> certificate = Optional.empty();

    private NoomServer(ServerConfig config, int port) {
        this.config = config;
        this.port = port;
    }

    /// Starts a server; it serves when this returns.
    ///
    /// @throws IOException when the data folder or the port cannot be had; the message is for users
    public static NoomServer start(ServerConfig config) throws IOException {
        var server = new NoomServer(config, config.port() == 0 ? freePort() : config.port());
        try {
            server.open();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// TCP and UDP port.
    public int port() {
        return port;
    }

    /// The certificate served, if it is HTTPS.
    public Optional<SelfSigned> certificate() {
        return certificate;
    }

    /// Where people find it, the best address first.
    public List<String> addresses() {
        return config.lan()
                ? LocalAddresses.all().stream().map(host -> "https://" + host + ":" + port).toList()
                : List.of("http://" + LOOPBACK + ":" + port);
    }

    private void open() throws IOException {
        var folder = opened(DataFolder.claim(config.data()));
        Journal journal = opened(SqliteJournal.open(folder.journal()));
        if (config.lan()) {
            var hosts = new ArrayList<>(LocalAddresses.all());
            hosts.addAll(List.of("localhost", LOOPBACK));
            config.publicIp().ifPresent(hosts::add);
            certificate = Optional.of(SelfSigned.in(folder.path(), hosts, Instant.now()));
        }
        int loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        var vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setPreferNativeTransport(true)
                                .setEventLoopPoolSize(loops));
        parts.add(() -> await(vertx.close()));
        String host = config.lan() ? everywhere() : LOOPBACK;
        var random = new SecureRandom();
        var admin = AdminToken.in(folder.path(), random);
        var media = openMedia(new InetSocketAddress(host, port), random);
        var signal =
                opened(
                        new SignalServer(
                                vertx,
                                journal,
                                MeetingConfig.DEFAULT.withSeats(config.seats()),
                                random,
                                NoomServer::now,
                                new IceServers(config.publicIp(), port),
                                media,
                                new MediaBridge.Limits(config.faces(), config.media().spread())));
        var meetings =
                new MeetingRoutes(
                        journal, signal.meetings(), random, config.seats(), signal::onCounts);
        var operator = new AdminRoutes(admin, signal.media()::report);
        var options = httpOptions(signal).setPort(port).setHost(host);
        await(
                vertx.deployVerticle(
                        () -> new Http(options, signal, meetings, operator),
                        new DeploymentOptions().setInstances(loops)),
                "TCP port " + port);
    }

    private MediaPort openMedia(InetSocketAddress address, SecureRandom random) throws IOException {
        var media =
                await(
                        MediaPort.open(
                                address, config.media().count(), random, this::mediaAddresses),
                        "UDP port " + address.getPort());
        parts.add(() -> media.sfu().close().toCompletableFuture().join());
        return media;
    }

    /// Where pages reach media: as they reached the page, and from outside.
    private List<String> mediaAddresses() {
        var nearby = config.lan() ? LocalAddresses.all() : List.<String>of();
        return Stream.concat(
                        nearby.isEmpty() ? Stream.of(LOOPBACK) : nearby.stream(),
                        config.publicIp().stream())
                .distinct()
                .toList();
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.add(part);
        return part;
    }

    private HttpServerOptions httpOptions(SignalServer signal) {
        var options =
                signal.serverOptions()
                        .setMaxInitialLineLength(8_192)
                        .setMaxHeaderSize(16_384)
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(75);
        certificate.ifPresent(
                own ->
                        options.setSsl(true)
                                .setUseAlpn(false)
                                .setKeyCertOptions(
                                        new PemKeyCertOptions()
                                                .setCertPath(own.certificate().toString())
                                                .setKeyPath(own.key().toString())));
        return options;
    }

    /// One HTTP server per event loop; they share the port.
    private static final class Http extends AbstractVerticle {
        private final HttpServerOptions options;
        private final SignalServer signal;
        private final MeetingRoutes meetings;
        private final AdminRoutes operator;

        private Http(
                HttpServerOptions options,
                SignalServer signal,
                MeetingRoutes meetings,
                AdminRoutes operator) {
            this.options = options;
            this.signal = signal;
            this.meetings = meetings;
            this.operator = operator;
        }

        @Override
        public void start(Promise<Void> started) {
            var router = Router.router(vertx);
            meetings.mount(router);
            operator.mount(router);
            WebAssets.mount(router);
            var handler = signal.orElse(router);
            vertx.createHttpServer(options)
                    .requestHandler(
                            request -> {
                                SecurityHeaders.put(request);
                                handler.handle(request);
                            })
                    .listen()
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }

    private static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }

    /// All addresses of both families, or of IPv4 where the machine has no IPv6.
    private static String everywhere() {
        try (var probe = DatagramChannel.open(StandardProtocolFamily.INET6)) {
            return probe.isOpen() ? "::" : "0.0.0.0";
        } catch (UnsupportedOperationException | IOException _) {
            return "0.0.0.0";
        }
    }

    /// A port that is free for TCP and UDP alike, at the time of asking.
    private static int freePort() throws IOException {
        for (int i = 0; i < FREE_PORT_TRIES; i++) {
            try (var tcp = new ServerSocket(0)) {
                int candidate = tcp.getLocalPort();
                try (var udp = new DatagramSocket(candidate, InetAddress.getLoopbackAddress())) {
                    return udp.getLocalPort();
                }
            } catch (BindException _) {
                // taken for UDP: try another
            }
        }
        throw new IOException("found no port that is free for TCP and UDP");
    }

    private static <T> T await(Future<T> future, String what) throws IOException {
        return await(future.toCompletionStage(), what);
    }

    private static <T> T await(CompletionStage<T> stage, String what) throws IOException {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(what + " cannot be opened: " + cause.getMessage(), e);
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /// Stops everything; what was acknowledged is kept.
    @Override
    public void close() {
        for (var part : parts.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                System.getLogger("noom").log(System.Logger.Level.WARNING, "while stopping", e);
            }
        }
        parts.clear();
    }
}
