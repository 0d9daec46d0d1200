// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;

/// Mounts a [SocketIoServer] on an `HttpServer`: everything below its path. Other requests stay
/// with the application.
///
/// ```java
/// var io = new SocketIoServer();
/// vertx.createHttpServer(SocketIoHandler.serverOptions(io.config()))
///         .requestHandler(new SocketIoHandler(vertx, io).orElse(request -> …))
///         .listen(3000);
/// ```
/// One handler may serve several servers, such as one per event loop: requests find their session
/// on whatever loop they arrive. Two handlers with one [SocketIoServer] share no sessions. Made on
/// any thread; [#handle] is for event loops.
public final class SocketIoHandler implements Handler<HttpServerRequest> {
    private final Vertx vertx;
    private final SocketIoServer server;
    private final String path;
    private final EngineHandler engine;
    private final ClientBundle bundle;

    /// Serves the browser client that is packed into the jar. Reads it, so it blocks for a moment.
    public SocketIoHandler(Vertx vertx, SocketIoServer server) {
        this(vertx, server, ClientBundle.packed());
    }

    /// Serves this browser client.
    public SocketIoHandler(Vertx vertx, SocketIoServer server, ClientBundle bundle) {
        this(vertx, server, bundle, EngineHandler::peerAddress);
    }

    private SocketIoHandler(
            Vertx vertx,
            SocketIoServer server,
            ClientBundle bundle,
            Function<HttpServerRequest, String> source) {
        this.vertx = vertx;
        this.server = server;
        this.path = server.config().engine().path();
        this.engine = new EngineHandler(vertx, server.config().engine(), server, source);
        this.bundle = bundle;
    }

    /// A handler like this one that is told where a client comes from; mount it in place of this.
    ///
    /// ```java
    /// handler.withSource(request -> isMyProxy(request.remoteAddress())
    ///         ? lastForwardedFor(request) : EngineHandler.peerAddress(request))
    /// ```
    ///
    /// @param source the client's address, for the limits of `engine.admission` and for
    ///     [noom.socketio.Handshake#remoteAddress]; asked on the web loop for each request, so it
    ///     must not block. Believe a header only if your own proxy sets it
    public SocketIoHandler withSource(Function<HttpServerRequest, String> source) {
        return new SocketIoHandler(vertx, server, bundle, source);
    }

    /// Server options that fit the settings: size of frames, compression. The rest of them, such as
    /// port and TLS, is the application's. A new object for each call.
    public static HttpServerOptions serverOptions(SocketIoConfig config) {
        return EngineHandler.serverOptions(config.engine());
    }

    /// Whether a request is for Socket.IO.
    public boolean matches(HttpServerRequest request) {
        return engine.matches(request);
    }

    /// The number of connections now, for metrics; from any thread.
    public int sessionCount() {
        return engine.sessionCount();
    }

    /// Handles a request that [#matches]; on its event loop.
    @Override
    public void handle(HttpServerRequest request) {
        var requested = request.path();
        if (requested == null || !bundle.serve(request, requested.substring(path.length()))) {
            engine.handle(request);
        }
    }

    /// A handler for a whole server: Socket.IO here, everything else there, such as a `Router`.
    /// What the application gets has not been touched.
    public Handler<HttpServerRequest> orElse(Handler<HttpServerRequest> application) {
        return request -> {
            if (matches(request)) {
                handle(request);
            } else {
                application.handle(request);
            }
        };
    }
}
