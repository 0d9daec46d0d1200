// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A Socket.IO client of a few lines: WebSocket only, main namespace only, text only.
public final class ScriptedBrowser {
    private static final int LIMIT_SECONDS = 30;

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final WebSocket socket;
    private final String id;
    private int acksAsked;

    public ScriptedBrowser(WebSocketClient client, int port) throws Exception {
        socket =
                client.connect(port, "127.0.0.1", "/socket.io/?EIO=4&transport=websocket")
                        .onSuccess(s -> s.textMessageHandler(this::take))
                        .await(LIMIT_SECONDS, TimeUnit.SECONDS);
        write("40");
        id = new JsonObject(next("40").substring(2)).getString("sid");
    }

    /// The socket's id, which names its private room.
    String id() {
        return id;
    }

    void emit(Object... nameAndArguments) throws Exception {
        write("42" + JsonArray.of(nameAndArguments).encode());
    }

    /// Sends an event and waits for its acknowledgement: the arguments as JSON.
    public String ask(Object... nameAndArguments) throws Exception {
        int number = acksAsked++;
        write("42" + number + JsonArray.of(nameAndArguments).encode());
        return next("43" + number).substring(("43" + number).length());
    }

    /// The next event, as the JSON text `["name",…]`.
    String event() throws Exception {
        return next("42").substring(2);
    }

    /// The next event of this name; others before it are passed over.
    String event(String name) throws Exception {
        return next("42[\"" + name + "\"").substring(2);
    }

    /// How often this frame has come so far, waited for or not.
    int heardCount(String frame) {
        return Collections.frequency(heard, frame);
    }

    void leave() throws Exception {
        socket.close().await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private String next(String prefix) throws Exception {
        String frame;
        do {
            frame = frames.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("no frame with " + prefix + " came");
            }
        } while (!frame.startsWith(prefix));
        return frame;
    }

    private void take(String frame) {
        if (frame.equals("2")) {
            socket.writeTextMessage("3"); // heartbeat
        } else {
            heard.add(frame);
            frames.add(frame);
        }
    }

    private void write(String frame) throws Exception {
        socket.writeTextMessage(frame).await(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
