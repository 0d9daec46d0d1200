// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/// A real `redis-server` on a port of its own, that may be killed and started again.
final class RedisServer implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    private RedisServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// Starts one that keeps what it has in this folder.
    static RedisServer in(Path folder) throws IOException {
        int port;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        return new RedisServer(folder, port, launch(folder, port));
    }

    private static Process launch(Path folder, int port) throws IOException {
        var process =
                new ProcessBuilder(
                                "redis-server",
                                "--port",
                                String.valueOf(port),
                                "--bind",
                                "127.0.0.1",
                                "--dir",
                                folder.toString(),
                                "--appendonly",
                                "yes",
                                "--appendfsync",
                                "always",
                                "--save",
                                "")
                        .redirectErrorStream(true)
                        .start();
        var lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("Ready to accept connections")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return process;
            }
        }
        throw new IOException("redis-server ended at once, in " + folder);
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /// `kill -9`; returns when it is gone.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Starts it again where it was, with what it had written.
    void startAgain() throws IOException {
        process = launch(folder, port);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
