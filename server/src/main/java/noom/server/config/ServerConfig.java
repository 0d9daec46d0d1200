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
/// @param seats people in one meeting at once, 2 to 100
/// @param faces cameras that one person gets at once, 1 to 100; those who spoke last
/// @param media how it is forwarded
public record ServerConfig(
        int port,
        Path data,
        boolean lan,
        Optional<String> publicIp,
        int seats,
        int faces,
        MediaWorkers media) {
    private static final int MOST_PEOPLE = 100;
    private static final int MOST_WORKERS = 64;
    private static final int MOST_SPREAD = 10_000;

    /// Threads of the media router.
    ///
    /// @param count 1 to 64
    /// @param spread tracks that a meeting's home sends before others help it, 0 to 10,000: the
    ///     default is half of the 500 that took half a core when they were measured
    ///     (bench/results), so that others help when a quarter of a core is in use
    public record MediaWorkers(int count, int spread) {
        /// One for each processor.
        static MediaWorkers byDefault() {
            int processors = Runtime.getRuntime().availableProcessors();
            return new MediaWorkers(Math.clamp(processors, 1, MOST_WORKERS), 256);
        }
    }

    /// Without a word on the command line.
    public static final ServerConfig DEFAULT =
            new ServerConfig(
                    3000,
                    Path.of("data"),
                    false,
                    Optional.empty(),
                    100,
                    49,
                    MediaWorkers.byDefault());

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
            --port N           TCP and UDP port, 0 for any free one (3000)
            --data DIR         folder for everything that is kept (./data)
            --lan              listen on all addresses, with HTTPS, for phones nearby
            --public-ip IP     address under which the UDP port is reached from outside
            --seats N          people in one meeting at once, 2 to 100 (100)
            --faces N          cameras that one person gets at once, 1 to 100 (49)
            --media-workers N  threads that forward media, 1 to 64 (one per processor)
            --media-spread N   tracks that one of them sends before the others help it,
                               0 to 10000 (256)
            """;

    /// Reads a command line.
    public static Parse parse(List<String> args) {
        var config = DEFAULT;
        try {
            for (int i = 0; i < args.size(); i++) {
                switch (args.get(i)) {
                    case "--help" -> {
                        return new Parse.Help();
                    }
                    case "--lan" -> config = config.withLan();
                    case "--port" -> config = config.withPort(number(args, ++i, 0, 65_535));
                    case "--seats" -> config = config.withSeats(number(args, ++i, 2, MOST_PEOPLE));
                    case "--faces" -> config = config.withFaces(number(args, ++i, 1, MOST_PEOPLE));
                    case "--media-workers" ->
                            config = config.withWorkers(number(args, ++i, 1, MOST_WORKERS));
                    case "--media-spread" ->
                            config = config.withSpread(number(args, ++i, 0, MOST_SPREAD));
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

    private static int number(List<String> args, int index, int least, int most) throws BadValue {
        String text = value(args, index);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new BadValue(
                "%s wants a number from %d to %d, not '%s'"
                        .formatted(args.get(index - 1), least, most, text));
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
        return new ServerConfig(value, data, lan, publicIp, seats, faces, media);
    }

    private ServerConfig withData(Path value) {
        return new ServerConfig(port, value, lan, publicIp, seats, faces, media);
    }

    private ServerConfig withLan() {
        return new ServerConfig(port, data, true, publicIp, seats, faces, media);
    }

    private ServerConfig withPublicIp(String value) {
        return new ServerConfig(port, data, lan, Optional.of(value), seats, faces, media);
    }

    private ServerConfig withSeats(int value) {
        return new ServerConfig(port, data, lan, publicIp, value, faces, media);
    }

    private ServerConfig withFaces(int value) {
        return new ServerConfig(port, data, lan, publicIp, seats, value, media);
    }

    private ServerConfig withWorkers(int value) {
        return withMedia(new MediaWorkers(value, media.spread()));
    }

    private ServerConfig withSpread(int value) {
        return withMedia(new MediaWorkers(media.count(), value));
    }

    private ServerConfig withMedia(MediaWorkers value) {
        return new ServerConfig(port, data, lan, publicIp, seats, faces, value);
    }
}
