// SPDX-License-Identifier: Apache-2.0
package noom.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How to run: what the command line says.
///
/// @param port TCP and UDP, 0 to 65535; 0 takes any free one
/// @param data the folder for everything that is kept
/// @param lan listen on all addresses, with HTTPS
/// @param publicIp the address under which the UDP port is reached from outside, when the name in
///     the browser's address bar does not lead to it
public record ServerConfig(int port, Path data, boolean lan, Optional<String> publicIp) {
    /// What a command line comes to.
    public sealed interface Parse {
        /// It can be followed.
        record Parsed(ServerConfig config) implements Parse {}

        /// It cannot.
        ///
        /// @param sentence for the person who typed it
        record Malformed(String sentence) implements Parse {}

        /// They asked for help.
        record Help() implements Parse {}
    }

    /// What can be said on the command line.
    public static final String USAGE =
            """
            --port N        TCP and UDP port, 0 for any free one (3000)
            --data DIR      folder for everything that is kept (./data)
            --lan           listen on all addresses, with HTTPS, for phones nearby
            --public-ip IP  address under which the UDP port is reached from outside
            """;

    /// Reads a command line.
    public static Parse parse(List<String> args) {
        var config = new ServerConfig(3000, Path.of("data"), false, Optional.empty());
        try {
            for (int i = 0; i < args.size(); i++) {
                switch (args.get(i)) {
                    case "--help" -> {
                        return new Parse.Help();
                    }
                    case "--lan" -> config = config.withLan();
                    case "--port" -> config = config.withPort(port(value(args, ++i)));
                    case "--data" -> config = config.withData(folder(value(args, ++i)));
                    case "--public-ip" -> config = config.withPublicIp(address(value(args, ++i)));
                    default -> throw new BadValue("no option '" + args.get(i) + "'");
                }
            }
            return new Parse.Parsed(config);
        } catch (BadValue e) {
            return new Parse.Malformed(e.sentence);
        }
    }

    private static final class BadValue extends Exception {
        private static final long serialVersionUID = 1;
        private final String sentence;

        private BadValue(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }
    }

    private static String value(List<String> args, int index) throws BadValue {
        if (index >= args.size()) {
            throw new BadValue(args.get(index - 1) + " wants a value");
        }
        return args.get(index);
    }

    private static int port(String text) throws BadValue {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new BadValue("--port wants a number from 0 to 65535, not '" + text + "'");
    }

    private static Path folder(String text) throws BadValue {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            throw new BadValue("--data wants a folder, not '" + text + "'");
        }
    }

    private static String address(String text) throws BadValue {
        boolean isV4 =
                text.matches("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
        boolean isV6 = text.contains(":") && text.matches("[0-9a-fA-F:.]{2,45}");
        if (!isV4 && !isV6) {
            throw new BadValue("--public-ip wants an IP address, not '" + text + "'");
        }
        return text;
    }

    private ServerConfig withPort(int value) {
        return new ServerConfig(value, data, lan, publicIp);
    }

    private ServerConfig withData(Path value) {
        return new ServerConfig(port, value, lan, publicIp);
    }

    private ServerConfig withLan() {
        return new ServerConfig(port, data, true, publicIp);
    }

    private ServerConfig withPublicIp(String value) {
        return new ServerConfig(port, data, lan, Optional.of(value));
    }
}
