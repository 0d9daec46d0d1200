// SPDX-License-Identifier: Apache-2.0
package noom.examples.guide;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import noom.socketio.EventArguments;
import noom.socketio.Socket;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.Adapter;
import noom.socketio.redis.RedisStreams;
import noom.socketio.vertx.SocketIoHandler;

/// What a snippet may name without having made it: the objects of the snippets before it, and the
/// reader's own methods. Only compiled against, so nothing here has a value.
final class Given {
    static Vertx vertx;
    static SocketIoServer io;
    static Socket socket;
    static EventArguments event;
    static SocketIoConfig config;
    static SocketIoConfig defaults;
    static Adapter.Factory adapters;
    static RedisStreams cluster;
    static SocketIoHandler handler;
    static HttpServer http;

    private Given() {}

    static void log(Object what) {}

    static void sayGoodbye(Iterable<String> rooms) {}

    static boolean isAdmin(Map<String, ?> auth) {
        return false;
    }

    static Optional<String> userOf(Object token) {
        return Optional.empty();
    }

    static void saveTheFile(String name, byte[] content) {}

    static boolean isMyProxy(HttpServerRequest request) {
        return false;
    }
}
