// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.Optional;

/// The command line of the programs.
///
/// @param host the address to bind; loopback unless told
/// @param port 0 to 65,535; 0 takes any free one
/// @param cert a PEM file with the certificate chain; HTTPS is served if it is given
/// @param key a PEM file with the certificate's private key
record Arguments(String host, int port, Optional<String> cert, Optional<String> key) {
    private static final int DEFAULT_PORT = 3000;

    /// Loopback, any free port, plain HTTP.
    static Arguments anyPort() {
        return new Arguments("127.0.0.1", 0, Optional.empty(), Optional.empty());
    }

    /// Reads `--port N --host ADDRESS --cert FILE --key FILE`, all optional.
    ///
    /// @throws IllegalArgumentException with a sentence for people
    static Arguments parse(String... args) {
        var host = "127.0.0.1";
        int port = DEFAULT_PORT;
        var cert = Optional.<String>empty();
        var key = Optional.<String>empty();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            var value = args[i + 1];
            switch (args[i]) {
                case "--port" -> port = parsePort(value);
                case "--host" -> host = value;
                case "--cert" -> cert = Optional.of(value);
                case "--key" -> key = Optional.of(value);
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        if (cert.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("--cert and --key belong together");
        }
        return new Arguments(host, port, cert, key);
    }

    /// Reads the command line of a program; a mistake ends it with exit code 2.
    static Arguments parseOrExit(String... args) {
        try {
            return parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println("options: --port N --host ADDRESS --cert FILE --key FILE");
            System.exit(2);
            throw e;
        }
    }

    /// The same options, with the address, port and certificate asked for.
    HttpServerOptions applyTo(HttpServerOptions options) {
        options.setHost(host).setPort(port);
        if (cert.isPresent() && key.isPresent()) {
            options.setSsl(true)
                    .setKeyCertOptions(
                            new PemKeyCertOptions().setCertPath(cert.get()).setKeyPath(key.get()));
        }
        return options;
    }

    /// Tells people, and programs that wait for this line, where to go.
    ///
    /// The server is closed when the program is told to end. Holding it until then matters: Vert.x
    /// closes a server that nobody refers to any more.
    void announce(HttpServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.close().await()));
        var scheme = cert.isPresent() ? "https" : "http";
        System.out.println("listening on " + scheme + "://" + host + ":" + server.actualPort());
    }

    /// Says why the program cannot start, and ends it.
    static void fail(Throwable cause) {
        System.err.println("cannot listen: " + cause.getMessage());
        System.exit(1);
    }

    private static int parsePort(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // falls through to the one sentence below
        }
        throw new IllegalArgumentException("--port is a number from 0 to 65535, not " + value);
    }
}
