// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official server with its Redis Streams adapter, in a process of its own.
final class OfficialNode implements ClusterNode {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ASK_MILLIS = 10_000;

    private final NodeProcess process;
    private final String url;

    private OfficialNode(NodeProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    static OfficialNode start(RedisServer redis) throws IOException, InterruptedException {
        return start(NodeProcess.start("cluster-node.mjs", String.valueOf(redis.port())));
    }

    /// With the official Admin UI, for everybody.
    static OfficialNode watched(String serverId, RedisServer redis)
            throws IOException, InterruptedException {
        return start(NodeProcess.start("cluster-node.mjs", String.valueOf(redis.port()), serverId));
    }

    private static OfficialNode start(NodeProcess process) throws InterruptedException {
        var listening = process.await("it listens", news -> isNews(news, "listening"));
        return new OfficialNode(process, "http://127.0.0.1:" + listening.get("port").asInt());
    }

    private static boolean isNews(JsonNode news, String name) {
        return news.get("news").asString().equals(name);
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void emit(List<String> rooms, List<String> except, String event, Object... arguments) {
        var plain = Arrays.stream(arguments).map(OfficialNode::plain).toList();
        process.run(
                "emit", Map.of("rooms", rooms, "except", except, "event", event, "args", plain));
    }

    private static Object plain(Object argument) {
        return argument instanceof byte[] bytes
                ? Map.of("$bytes", Base64.getEncoder().encodeToString(bytes))
                : argument;
    }

    @Override
    public List<String> ask(String event) {
        return strings(process.run("ask", Map.of("event", event, "millis", ASK_MILLIS)));
    }

    @Override
    public List<Seen> fetch(List<String> rooms) {
        return process.run("fetch", Map.of("rooms", rooms)).valueStream().map(this::seen).toList();
    }

    private Seen seen(JsonNode socket) {
        var data = new TypeReference<Map<String, Object>>() {};
        return new Seen(
                socket.get("id").asString(),
                new HashSet<>(strings(socket.get("rooms"))),
                JSON.convertValue(socket.get("data"), data));
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Override
    public void join(List<String> rooms, String room) {
        process.run("join", Map.of("rooms", rooms, "room", room));
    }

    @Override
    public void leave(List<String> rooms, String room) {
        process.run("leave", Map.of("rooms", rooms, "room", room));
    }

    @Override
    public void disconnect(List<String> rooms) {
        process.run("disconnect", Map.of("rooms", rooms));
    }

    @Override
    public void greet(String text) {
        process.run("greet", Map.of("text", text));
    }

    @Override
    public List<String> greetAsking(String text) {
        return strings(process.run("greetAsking", Map.of("text", text)));
    }

    @Override
    public void awaitGreeting(String text) throws InterruptedException {
        process.await(
                "it was greeted with " + text,
                news -> isNews(news, "greeting") && news.at("/args/0").asString().equals(text));
    }

    @Override
    public int serverCount() {
        return process.run("servers", Map.of()).asInt();
    }

    /// `kill -9`: it says no goodbye.
    @Override
    public void close() {
        process.kill();
    }

    @Override
    public String toString() {
        return "official";
    }
}
