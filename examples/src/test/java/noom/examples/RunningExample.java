// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocketClient;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// An example's server, new for each test, and what asks it.
final class RunningExample implements BeforeEachCallback, AfterEachCallback {
    static final int LIMIT_SECONDS = 30;

    private final Start start;
    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient sockets = vertx.createWebSocketClient();
    private final HttpClient http = vertx.createHttpClient();
    private int port;

    interface Start {
        Future<HttpServer> on(Vertx vertx) throws Exception;
    }

    /// @param location where it leads; null unless it leads somewhere
    record Answer(int status, @Nullable String location, @Nullable String type, String body) {}

    RunningExample(Start start) {
        this.start = start;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        port = await(start.on(vertx)).actualPort();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        await(vertx.close());
    }

    Vertx vertx() {
        return vertx;
    }

    int port() {
        return port;
    }

    WebSocketClient sockets() {
        return sockets;
    }

    ScriptedBrowser browser() throws Exception {
        return new ScriptedBrowser(sockets, port);
    }

    Answer get(String path) throws Exception {
        return ask(HttpMethod.GET, path, "");
    }

    /// All on one loop: to another thread a short body may come before that asks for it.
    Answer ask(HttpMethod method, String path, String body) throws Exception {
        var answer = Promise.<Answer>promise();
        vertx.runOnContext(
                _ ->
                        http.request(method, port, "127.0.0.1", path)
                                .compose(request -> request.send(body))
                                .compose(RunningExample::read)
                                .onComplete(answer));
        return await(answer.future());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private static Future<Answer> read(HttpClientResponse response) {
        String location = response.getHeader("location");
        String type = response.getHeader("content-type");
        int status = response.statusCode();
        return response.body().map(body -> new Answer(status, location, type, body.toString()));
    }
}
