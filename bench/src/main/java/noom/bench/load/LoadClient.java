// SPDX-License-Identifier: Apache-2.0
package noom.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// The program that loads a server: one thread, one selector, one read buffer for all clients.
///
/// Each line of stdin is a command and gets one line of JSON on stdout, in order:
///
/// - `open PORT COUNT`: that many more clients; answered when all are in the main namespace or lost
/// - `expect EVENTS STALL_MILLIS`: answered when that many events have come since the start, or
///   when none came for so long
/// - `count`: what has come so far
///
/// It ends when its stdin does.
public final class LoadClient {
    private static final int READ_BUFFER_BYTES = 256 * 1024;

    /// Clients on their way at once: fewer than any server lets wait at its door.
    private static final int MAX_OPENING = 64;

    /// A source address has some 28,000 ports for one destination; half are left to others.
    private static final int CLIENTS_PER_ADDRESS = 14_000;

    private static final String END = "end";

    private final PrintStream answers;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
    private final Tally tally = new Tally();
    private int port;
    private int begun;
    private int toOpen;
    private int opening;
    private boolean isOpening;
    private long expectedEvents = Long.MAX_VALUE;
    private long stallNanos;
    private long lastEvents;
    private long lastEventNanos;

    LoadClient(PrintStream answers) throws IOException {
        this.answers = answers;
        selector = Selector.open();
    }

    /// Obeys until stdin ends.
    public static void main(String[] args) throws IOException {
        new LoadClient(System.out).obeyAll(System.in);
    }

    /// Obeys until the commands end; the clients end with them.
    void obeyAll(InputStream commandLines) throws IOException {
        Thread.ofPlatform().daemon().name("commands").start(() -> readCommands(commandLines));
        say("{\"at\":\"ready\"}");
        try (selector) {
            run();
            for (var key : selector.keys()) {
                key.channel().close();
            }
        }
    }

    private void readCommands(InputStream lines) {
        var input = new BufferedReader(new InputStreamReader(lines, StandardCharsets.US_ASCII));
        try {
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                commands.add(line);
                selector.wakeup();
            }
        } catch (IOException _) {
            // whoever gave the commands is gone
        }
        commands.add(END);
        selector.wakeup();
    }

    private void run() throws IOException {
        while (true) {
            selector.select(this::ready, timeoutMillis());
            for (var line = commands.poll(); line != null; line = commands.poll()) {
                if (line.equals(END)) {
                    return;
                }
                obey(line.split(" ", -1));
            }
            openMore();
            answerIfDone();
        }
    }

    private long timeoutMillis() {
        return expectedEvents == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(stallNanos) + 1;
    }

    private void ready(SelectionKey key) {
        var socket = (LoadSocket) key.attachment();
        if (!key.isConnectable()) {
            socket.read(buffer);
            return;
        }
        try {
            if (((SocketChannel) key.channel()).finishConnect()) {
                connected(key, socket);
            }
        } catch (IOException _) {
            socket.lose();
        }
    }

    private void connected(SelectionKey key, LoadSocket socket) {
        key.interestOps(SelectionKey.OP_READ);
        socket.upgrade(port);
    }

    private void obey(String[] words) {
        switch (words[0]) {
            case "open" -> {
                port = Integer.parseInt(words[1]);
                toOpen = Integer.parseInt(words[2]);
                isOpening = true;
            }
            case "expect" -> {
                expectedEvents = Long.parseLong(words[1]);
                stallNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[2]));
                lastEvents = tally.events();
                lastEventNanos = System.nanoTime();
            }
            case "count" -> say(tally.toJson("counted"));
            default -> say("{\"at\":\"error\",\"error\":\"no command " + words[0] + "\"}");
        }
    }

    private void openMore() throws IOException {
        while (toOpen > 0 && opening < MAX_OPENING) {
            toOpen--;
            opening++;
            open();
        }
        if (isOpening && toOpen == 0 && opening == 0) {
            isOpening = false;
            say(tally.toJson("opened"));
        }
    }

    private void open() throws IOException {
        var channel = SocketChannel.open();
        channel.configureBlocking(false);
        int address = begun / CLIENTS_PER_ADDRESS;
        begun++;
        if (address > 0) {
            var source = InetAddress.ofLiteral("127.0.0." + (1 + address));
            channel.bind(new InetSocketAddress(source, 0));
        }
        var socket = new LoadSocket(channel, tally, _ -> opening--);
        var key = channel.register(selector, SelectionKey.OP_CONNECT, socket);
        if (channel.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port))) {
            connected(key, socket); // over loopback it may be there at once, and no event tells
        }
    }

    private void answerIfDone() {
        if (expectedEvents == Long.MAX_VALUE) {
            return;
        }
        long nowNanos = System.nanoTime();
        if (tally.events() > lastEvents) {
            lastEvents = tally.events();
            lastEventNanos = nowNanos;
        }
        if (tally.events() >= expectedEvents || nowNanos - lastEventNanos >= stallNanos) {
            expectedEvents = Long.MAX_VALUE;
            say(tally.toJson("heard"));
        }
    }

    private void say(String line) {
        answers.println(line);
        answers.flush();
    }
}
