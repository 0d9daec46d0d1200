// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Official clients by name, all in one process; each answers what it is asked with its name.
final class Clients implements AutoCloseable {
    private final NodeProcess process;

    private Clients(NodeProcess process) {
        this.process = process;
    }

    static Clients start() throws IOException {
        return new Clients(NodeProcess.start("clients.mjs"));
    }

    /// Connects to a server and says its name there; the socket's id.
    String connect(String name, String url) {
        String id = process.run("connect", Map.of("name", name, "url", url)).asString();
        ask(name, "name", name);
        return id;
    }

    /// Connects to a namespace whose server knows no names.
    void open(String name, String url) {
        process.run("connect", Map.of("name", name, "url", url));
    }

    /// Emits, and waits for nothing.
    void emit(String name, String event, Object... arguments) {
        process.run("emit", Map.of("name", name, "event", event, "args", Arrays.asList(arguments)));
    }

    /// Waits for an event whose first argument is right, and returns that; each counts once.
    JsonNode await(String name, String event, Predicate<JsonNode> isRight)
            throws InterruptedException {
        return process.await(
                        name + " heard the right " + event,
                        news -> isEvent(news, name, event) && isRight.test(news.at("/args/0")))
                .at("/args/0");
    }

    /// Emits, and waits for the answer.
    void ask(String name, String event, Object... arguments) {
        process.run("ask", Map.of("name", name, "event", event, "args", List.of(arguments)));
    }

    /// Ends the connection under a client, which will come back to this server.
    void cut(String name, String url) {
        process.run("cut", Map.of("name", name, "url", url));
    }

    void close(String name) {
        process.run("close", Map.of("name", name));
    }

    /// Waits until a client has heard this event with this first argument, bytes as base64; each
    /// hearing counts once.
    void awaitEvent(String name, String event, String argument) throws InterruptedException {
        process.await(
                name + " heard " + event + " " + argument,
                news -> isEvent(news, name, event) && first(news).equals(argument));
    }

    void awaitDisconnect(String name) throws InterruptedException {
        process.await(name + " was disconnected", news -> is(news, "disconnected", name));
    }

    /// Waits until a client is connected again; whether it was recovered.
    boolean awaitConnect(String name) throws InterruptedException {
        return process.await(name + " is connected", news -> is(news, "connected", name))
                .get("recovered")
                .asBoolean();
    }

    /// First arguments of this event that a client has heard, oldest first, but for those awaited.
    List<String> heard(String name, String event) {
        return process.told(news -> isEvent(news, name, event)).stream()
                .map(Clients::first)
                .toList();
    }

    private static boolean is(JsonNode news, String kind, String name) {
        return news.get("news").asString().equals(kind) && news.get("name").asString().equals(name);
    }

    private static boolean isEvent(JsonNode news, String name, String event) {
        return is(news, "event", name) && news.get("event").asString().equals(event);
    }

    private static String first(JsonNode news) {
        var argument = news.at("/args/0");
        return argument.isObject() ? argument.get("$bytes").asString() : argument.asString();
    }

    static String base64(byte... bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public void close() {
        process.close();
    }
}
