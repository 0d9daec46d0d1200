// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import noom.socketio.EventArguments;
import noom.socketio.EventRefusedException;
import noom.socketio.SocketIoServer;
import noom.socketio.vertx.SocketIoHandler;
import org.jspecify.annotations.Nullable;

/// Socket.IO beside an application that was there before: a verticle with Vert.x Web routes and
/// the event bus, on the same port.
///
/// The application: `GET /api/readings`, `PUT /api/readings/PLACE` with `{"celsius": 21.5}`; on the
/// event bus `reading` (published) and `latest` (asked with a place). It knows nothing of
/// Socket.IO. New are the methods [#joinSocketIo] and [#answerLatest] and one argument in [#start]:
/// every `reading` goes to all browsers, and `latest(place, done)` of a browser is a question on
/// the event bus.
///
/// The verticle's event loop owns the readings; socket handlers reach them by the event bus only.
public final class Thermometers extends VerticleBase {
    private static final int BODY_MAX_BYTES = 1_024;
    private static final int UNKNOWN_PLACE = 404;

    private final Arguments arguments;
    private final JsonObject readings = new JsonObject();
    private @Nullable HttpServer server;

    private Thermometers(Arguments arguments) {
        this.arguments = arguments;
    }

    /// Starts the program.
    public static void main(String[] args) {
        var arguments = Arguments.parseOrExit(args);
        start(Vertx.vertx(), arguments).onSuccess(arguments::announce).onFailure(Arguments::fail);
    }

    static Future<HttpServer> start(Vertx vertx, Arguments arguments) {
        var application = new Thermometers(arguments);
        return vertx.deployVerticle(application).map(_ -> application.server);
    }

    @Override
    public Future<?> start() {
        vertx.eventBus().consumer("reading", this::keep);
        vertx.eventBus().consumer("latest", this::tellLatest);
        var io = joinSocketIo();
        return vertx.createHttpServer(arguments.applyTo(SocketIoHandler.serverOptions(io.config())))
                .requestHandler(new SocketIoHandler(vertx, io).orElse(routes()))
                .listen()
                .onSuccess(listening -> server = listening);
    }

    // What is new.

    private SocketIoServer joinSocketIo() {
        var io = new SocketIoServer();
        vertx.eventBus()
                .<JsonObject>consumer(
                        "reading", message -> io.emit("reading", message.body().getMap()));
        io.onConnection(socket -> socket.on("latest", this::answerLatest));
        return io;
    }

    /// Runs on the socket's virtual thread, so it may wait for the reply.
    private void answerLatest(EventArguments event) {
        try {
            var reply = vertx.eventBus().<Double>request("latest", event.string(0)).await();
            event.ack(reply.body());
        } catch (ReplyException refusal) {
            throw new EventRefusedException("no-reading", refusal.getMessage());
        }
    }

    // What was there before.

    private Router routes() {
        var pages = new Pages("thermometers", Map.of("title", () -> "Thermometers"));
        var router = Router.router(vertx);
        router.get("/api/readings").handler(request -> request.json(readings));
        router.put("/api/readings/:place")
                .handler(BodyHandler.create(false).setBodyLimit(BODY_MAX_BYTES))
                .handler(this::publish);
        router.route().handler(request -> pages.handle(request.request()));
        return router;
    }

    private void publish(RoutingContext request) {
        var body = request.body().asJsonObject();
        if (body == null || !(body.getValue("celsius") instanceof Number celsius)) {
            request.response().setStatusCode(400).end();
            return;
        }
        var reading =
                JsonObject.of(
                        "place", request.pathParam("place"), "celsius", celsius.doubleValue());
        vertx.eventBus().publish("reading", reading);
        request.response().setStatusCode(204).end();
    }

    private void keep(Message<JsonObject> reading) {
        readings.put(reading.body().getString("place"), reading.body().getDouble("celsius"));
    }

    private void tellLatest(Message<String> question) {
        var celsius = readings.getDouble(question.body());
        if (celsius == null) {
            question.fail(UNKNOWN_PLACE, "nothing was measured there");
        } else {
            question.reply(celsius);
        }
    }
}
