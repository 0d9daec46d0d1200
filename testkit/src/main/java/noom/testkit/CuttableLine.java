// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A TCP line on the loopback interface between a client and a server. It can be cut, which
/// ends all connections as a broken network does, and refuses new ones until it leads somewhere
/// again.
///
/// Any thread may call.
public final class CuttableLine implements AutoCloseable {
    private static final int NOWHERE = 0;
    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerSocket entrance;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private volatile int target;

    private CuttableLine(ServerSocket entrance, int target) {
        this.entrance = entrance;
        this.target = target;
    }

    /// A line to this port.
    public static CuttableLine to(int port) {
        try {
            var entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var line = new CuttableLine(entrance, port);
            Thread.ofVirtual().name("line").start(line::accept);
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where it begins.
    public int port() {
        return entrance.getLocalPort();
    }

    /// Ends all connections, and refuses new ones.
    public void cut() {
        target = NOWHERE;
        ends.forEach(CuttableLine::reset);
    }

    /// New connections lead to this port.
    public void lead(int port) {
        target = port;
    }

    private void accept() {
        try {
            while (true) {
                var client = entrance.accept();
                Thread.ofVirtual().name("line").start(() -> join(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void join(Socket client) {
        int port = target;
        ends.add(client);
        try (client;
                var server = port == NOWHERE ? null : dial(port)) {
            if (server == null || port != target) {
                reset(client);
                return;
            }
            var back = Thread.ofVirtual().name("line").start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (IOException | InterruptedException _) {
            reset(client);
        } finally {
            ends.remove(client);
        }
    }

    private Socket dial(int port) throws IOException {
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        ends.add(server);
        return server;
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[BUFFER_BYTES];
        try {
            for (int count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException _) {
            reset(from);
            reset(to);
        } finally {
            ends.remove(from);
        }
    }

    /// Closes with a reset: the other side is told nothing in order.
    private static void reset(Socket end) {
        try (end) {
            end.setSoLinger(true, 0);
        } catch (IOException _) {
            // it was closed before
        }
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
