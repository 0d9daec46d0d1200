// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import noom.socketio.Broadcast;
import noom.socketio.Socket;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.admin.AdminSettings;
import noom.socketio.admin.AdminUi;
import noom.socketio.vertx.SocketIoHandler;
import noom.socketio.vertx.VertxAdminHost;

/// A server of ours, on its own Vert.x.
final class JavaNode implements ClusterNode {
    private static final long SECONDS = 30;

    private final String name;
    private final RedisStreams cluster;
    private final SocketIoServer io;
    private final Vertx vertx = Vertx.vertx();
    private final String url;
    private final LinkedBlockingQueue<String> greetings = new LinkedBlockingQueue<>();

    private JavaNode(String name, RedisServer redis) {
        this.name = name;
        this.cluster = RedisStreams.connect(redis.uri());
        this.io = new SocketIoServer(SocketIoConfig.defaults().with(RecoverySettings.ON), cluster);
        io.onConnection(JavaNode::serve);
        io.of("/")
                .onServerSideEvent(
                        "greeting",
                        event -> {
                            greetings.add(event.string(0));
                            event.answer(name);
                        });
        var http =
                vertx.createHttpServer(SocketIoHandler.serverOptions(io.config()))
                        .requestHandler(new SocketIoHandler(vertx, io))
                        .listen(0, "127.0.0.1");
        this.url = "http://127.0.0.1:" + await(http).actualPort();
    }

    static JavaNode start(String name, RedisServer redis) {
        return new JavaNode(name, redis);
    }

    /// With the Admin UI, for everybody.
    static JavaNode watched(String name, RedisServer redis) {
        var node = new JavaNode(name, redis);
        AdminUi.attach(
                node.io,
                AdminSettings.openToEverybody().withServerId(name),
                VertxAdminHost.of(node.vertx));
        return node;
    }

    private static void serve(Socket socket) {
        socket.on(
                "join",
                event -> {
                    socket.join(event.string(0));
                    event.ack();
                });
        socket.on(
                "name",
                event -> {
                    socket.data().put("name", event.string(0));
                    event.ack();
                });
    }

    private static <T> T await(Future<T> future) {
        return await(future.toCompletionStage().toCompletableFuture());
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    private Broadcast to(List<String> rooms) {
        return io.to(rooms.toArray(String[]::new));
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public void emit(List<String> rooms, List<String> except, String event, Object... arguments) {
        to(rooms).except(except.toArray(String[]::new)).emit(event, arguments);
    }

    @Override
    public List<String> ask(String event) {
        var answers = await(io.to().timeout(Duration.ofSeconds(10)).emitWithAck(event));
        return answers.answers().stream().map(answer -> answer.string(0)).toList();
    }

    @Override
    public List<Seen> fetch(List<String> rooms) {
        return await(to(rooms).fetchSockets()).stream()
                .map(socket -> new Seen(socket.id(), socket.rooms(), strings(socket.data())))
                .toList();
    }

    private static Map<String, Object> strings(Object data) {
        var map = new HashMap<String, Object>();
        ((Map<?, ?>) data).forEach((key, value) -> map.put((String) key, value));
        return map;
    }

    @Override
    public void join(List<String> rooms, String room) {
        to(rooms).socketsJoin(room);
    }

    @Override
    public void leave(List<String> rooms, String room) {
        to(rooms).socketsLeave(room);
    }

    @Override
    public void disconnect(List<String> rooms) {
        to(rooms).disconnectSockets(true);
    }

    @Override
    public void greet(String text) {
        io.of("/").serverSideEmit("greeting", text);
    }

    @Override
    public List<String> greetAsking(String text) {
        return await(io.of("/").serverSideEmitWithAck("greeting", text)).answers().stream()
                .map(String::valueOf)
                .toList();
    }

    @Override
    public void awaitGreeting(String text) throws InterruptedException {
        String heard;
        do {
            heard = greetings.poll(SECONDS, TimeUnit.SECONDS);
            if (heard == null) {
                throw new AssertionError(name + " was not greeted with " + text);
            }
        } while (!heard.equals(text));
    }

    @Override
    public int serverCount() {
        return await(io.adapter().serverCount());
    }

    @Override
    public void close() {
        io.close();
        cluster.close();
        await(vertx.close());
    }

    @Override
    public String toString() {
        return name;
    }
}
