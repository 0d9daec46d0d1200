// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Stage 1: everybody in one chat, over plain WebSocket.
///
/// Browsers send JSON text `{"type": …, "payload": …}`: `nickname` sets the sender's name,
/// `new_message` goes to all the others as the line `name: text`. HTTP and WebSocket share one
/// port and one event loop, which therefore owns the map of names.
public final class PublicChat {
    private static final String NAMELESS = "Anon";
    private static final int NAME_MAX_CHARS = 40;
    private static final int MESSAGE_MAX_BYTES = 16_384;
    private static final short TRY_AGAIN_LATER = 1013;

    private final Map<ServerWebSocket, String> names = new LinkedHashMap<>();

    private PublicChat() {}

    /// Starts the program.
    public static void main(String[] args) {
        var arguments = Arguments.parseOrExit(args);
        start(Vertx.vertx(), arguments).onSuccess(arguments::announce).onFailure(Arguments::fail);
    }

    static Future<HttpServer> start(Vertx vertx, Arguments arguments) {
        var options =
                arguments.applyTo(
                        new HttpServerOptions().setMaxWebSocketMessageSize(MESSAGE_MAX_BYTES));
        return vertx.createHttpServer(options)
                .requestHandler(new Pages("public-chat", Map.of("title", () -> "Public chat")))
                .webSocketHandler(new PublicChat()::open)
                .listen();
    }

    private void open(ServerWebSocket socket) {
        names.put(socket, NAMELESS);
        System.out.println("opened: " + names.size() + " here");
        socket.textMessageHandler(text -> take(socket, text));
        socket.exceptionHandler(e -> System.out.println("failed: " + e.getMessage()));
        socket.closeHandler(
                _ -> {
                    names.remove(socket);
                    System.out.println("closed: " + names.size() + " here");
                });
        send(socket, "Welcome! Everybody here reads what you write.");
    }

    private void take(ServerWebSocket sender, String text) {
        if (!(parse(text) instanceof JsonObject message
                && message.getValue("type") instanceof String type
                && message.getValue("payload") instanceof String payload)) {
            return;
        }
        switch (type) {
            case "nickname" -> names.put(sender, nameFrom(payload));
            case "new_message" -> {
                var line = names.get(sender) + ": " + payload;
                names.keySet().stream().filter(s -> !s.equals(sender)).forEach(s -> send(s, line));
            }
            default -> System.out.println("not understood: a message of another type");
        }
    }

    /// A reader that does not keep up is let go, so that it costs the others no memory.
    private static void send(ServerWebSocket socket, String line) {
        if (socket.writeQueueFull()) {
            socket.close(TRY_AGAIN_LATER, "too slow");
        } else {
            socket.writeTextMessage(line);
        }
    }

    private static @Nullable Object parse(String text) {
        try {
            return Json.decodeValue(text);
        } catch (DecodeException _) {
            return null;
        }
    }

    private static String nameFrom(String payload) {
        var name = payload.strip();
        return name.isEmpty()
                ? NAMELESS
                : name.substring(0, Math.min(name.length(), NAME_MAX_CHARS));
    }
}
