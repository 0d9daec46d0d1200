// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import noom.socketio.engine.Admission;
import noom.socketio.engine.EngineApplication;
import noom.socketio.engine.EngineConfig;
import noom.socketio.engine.EngineRefusal;
import noom.socketio.engine.EngineRequest;
import noom.socketio.engine.RequestGate;
import noom.socketio.engine.SessionIds;
import org.jspecify.annotations.Nullable;

/// Serves Engine.IO below a path of an `HttpServer`; other requests are the caller's.
///
/// One handler may serve any number of servers on any number of event loops. A session stays on the
/// loop of its first request; requests that arrive on others go there and their answers come back.
///
/// Memory order: `sessions` publishes safely; a session is put in before its client knows the
/// `sid`, and taken out on its loop when nothing is left to do.
public final class EngineHandler implements Handler<HttpServerRequest> {
    private static final EngineRefusal BAD_REQUEST = new EngineRefusal(400, 3, "Bad request");

    private static final EngineRefusal COMPRESSED =
            new EngineRefusal(415, 3, "Unsupported content encoding");

    private static final EngineRefusal CLOSING =
            new EngineRefusal(503, 4, "Server is shutting down", 10);

    private final Vertx vertx;
    private final EngineConfig config;
    private final RequestGate gate;
    private final Admission admission;
    private final Function<HttpServerRequest, String> source;
    private final VertxLoop.Directory loops = new VertxLoop.Directory();
    private final Map<String, VertxSession> sessions = new ConcurrentHashMap<>();
    private final VertxSession.Origin origin;

    /// A handler that takes the connection's peer for the source of a request.
    ///
    /// @param application what hears of new sessions
    public EngineHandler(Vertx vertx, EngineConfig config, EngineApplication application) {
        this(vertx, config, application, EngineHandler::peerAddress);
    }

    /// A handler behind a proxy.
    ///
    /// @param application what hears of new sessions
    /// @param source the client's address, for [Admission] and for the handshake; asked on the web
    ///     loop for each request. Believe a header only if your own proxy sets it
    public EngineHandler(
            Vertx vertx,
            EngineConfig config,
            EngineApplication application,
            Function<HttpServerRequest, String> source) {
        this.vertx = vertx;
        this.config = config;
        this.source = source;
        this.gate = new RequestGate(config);
        this.admission = new Admission(config.admission());
        this.origin =
                new VertxSession.Origin(
                        config, application, new SessionIds(new SecureRandom()), this::forget);
    }

    /// The address that a connection comes from; empty if it comes from this machine's file system.
    public static String peerAddress(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null || address.hostAddress() == null ? "" : address.hostAddress();
    }

    /// Server options that fit: WebSocket frames as large as a payload may be, and compression of
    /// messages if the settings say so. Compression of HTTP is not Vert.x's task here.
    public static HttpServerOptions serverOptions(EngineConfig config) {
        // One byte of room, so that the session, not the frame decoder, refuses what is too large.
        int frameBytes = Math.max(config.input().maxPayloadBytes() + 1, 65_536);
        return new HttpServerOptions()
                .setMaxWebSocketFrameSize(frameBytes)
                .setMaxWebSocketMessageSize(frameBytes)
                .setPerMessageWebSocketCompressionSupported(config.compression().webSocket())
                .setPerFrameWebSocketCompressionSupported(false);
    }

    /// Whether a request is for this handler.
    public boolean matches(HttpServerRequest request) {
        var path = request.path();
        return path != null && path.startsWith(config.path());
    }

    /// The number of sessions now, for metrics; from any thread.
    public int sessionCount() {
        return sessions.size();
    }

    /// Handles a request that [#matches]; on its event loop.
    @Override
    public void handle(HttpServerRequest request) {
        if (answerCors(request)) {
            return;
        }
        EngineRequest described;
        try {
            described = describe(request);
        } catch (IllegalArgumentException _) { // a query that is not percent-encoded text
            PollingExchanges.respond(request, BAD_REQUEST);
            return;
        }
        var session = described.sid().map(sessions::get).orElse(null);
        var refusal = gate.check(described, session != null);
        if (refusal.isPresent()) {
            PollingExchanges.respond(request, refusal.get());
            return;
        }
        if (session == null && origin.application().isClosing()) {
            PollingExchanges.respond(request, CLOSING);
            return;
        }
        if (session == null && !isAdmitted(request, described)) {
            return;
        }
        var loop = loops.current(vertx.getOrCreateContext());
        if (described.wantsWebSocket()) {
            openWebSocket(request, session, loop, described);
        } else if (session == null) {
            openPolling(request, loop, described);
        } else if (request.method().equals(HttpMethod.GET)) {
            var poll = new PollingExchanges.Poll(request, loop, config.compression());
            poll.listen(session);
            session.run((engine, now) -> engine.poll(poll, now));
        } else if (request.method().equals(HttpMethod.POST) && isCompressed(request)) {
            PollingExchanges.respond(request, COMPRESSED);
        } else if (request.method().equals(HttpMethod.POST)) {
            int maxBytes = config.input().maxPayloadBytes();
            new PollingExchanges.Post(request, loop, vertx, maxBytes).listen(session);
        } else {
            PollingExchanges.respond(request, BAD_REQUEST);
        }
    }

    /// No client compresses what it posts, and what is inflated could be of any size.
    private static boolean isCompressed(HttpServerRequest request) {
        var encoding = request.headers().get("content-encoding");
        return encoding != null && !encoding.strip().equalsIgnoreCase("identity");
    }

    /// Counts a handshake, or refuses it.
    private boolean isAdmitted(HttpServerRequest request, EngineRequest described) {
        var refusal = admission.admit(described.remoteAddress(), VertxSession.clockNanos());
        refusal.ifPresent(reason -> PollingExchanges.respond(request, reason));
        return refusal.isEmpty();
    }

    private void forget(VertxSession session) {
        if (sessions.remove(session.sid()) != null) {
            admission.release(session.remoteAddress(), VertxSession.clockNanos());
        }
    }

    private void openPolling(HttpServerRequest request, VertxLoop loop, EngineRequest described) {
        var session = newSession(loop, described);
        var poll = new PollingExchanges.Poll(request, loop, config.compression());
        session.run((engine, now) -> engine.openPolling(session.sink(), poll, now));
    }

    private void openWebSocket(
            HttpServerRequest request,
            @Nullable VertxSession known,
            VertxLoop loop,
            EngineRequest described) {
        request.toWebSocket()
                .onFailure(
                        _ -> {
                            if (known == null) {
                                admission.release(
                                        described.remoteAddress(), VertxSession.clockNanos());
                            }
                        })
                .onSuccess(
                        webSocket -> {
                            var session = known == null ? newSession(loop, described) : known;
                            var link = WebSocketLink.takeOver(webSocket, loop, session, config);
                            session.run(
                                    (engine, now) -> {
                                        if (known == null) {
                                            engine.openFrames(session.sink(), link, now);
                                        } else {
                                            engine.offerUpgrade(link, now);
                                        }
                                    });
                        });
    }

    private VertxSession newSession(VertxLoop loop, EngineRequest described) {
        var session = new VertxSession(origin, loop, described);
        sessions.put(session.sid(), session);
        return session;
    }

    /// Adds CORS headers where the policy says so; true if that was all there was to do.
    private boolean answerCors(HttpServerRequest request) {
        var from = request.headers().get("origin");
        if (from == null || !config.access().readableBy().test(from)) {
            return false;
        }
        var response =
                request.response()
                        .putHeader("access-control-allow-origin", from)
                        .putHeader("access-control-allow-credentials", "true")
                        .putHeader("vary", "Origin");
        if (!request.method().equals(HttpMethod.OPTIONS)) {
            return false;
        }
        var wanted = request.headers().get("access-control-request-headers");
        if (wanted != null) {
            response.putHeader("access-control-allow-headers", wanted);
        }
        response.putHeader("access-control-allow-methods", "GET,POST").setStatusCode(204).end();
        return true;
    }

    private EngineRequest describe(HttpServerRequest request) {
        var query = new HashMap<String, String>();
        request.params().forEach(query::putIfAbsent);
        var headers = new HashMap<String, List<String>>();
        request.headers()
                .forEach(
                        (name, value) ->
                                headers.computeIfAbsent(
                                                name.toLowerCase(Locale.ROOT),
                                                _ -> new ArrayList<>())
                                        .add(value));
        var authority = request.authority();
        if (authority != null) { // HTTP/2 has this pseudo-header in place of `host`
            headers.putIfAbsent("host", List.of(authority.toString()));
        }
        return new EngineRequest(
                request.method().name(),
                request.uri(),
                Map.copyOf(query),
                Map.copyOf(headers),
                source.apply(request),
                request.canUpgradeToWebSocket(),
                request.isSSL());
    }
}
