// SPDX-License-Identifier: Apache-2.0
package noom.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import noom.server.config.ServerConfig.MediaWorkers;
import noom.server.config.ServerConfig.Parse.Help;
import noom.server.config.ServerConfig.Parse.Malformed;
import noom.server.config.ServerConfig.Parse.Parsed;
import org.junit.jupiter.api.Test;

class ServerConfigTest {
    @Test
    void nothing_said_means_loopback_on_3000() {
        assertThat(ServerConfig.parse(List.of()))
                .isEqualTo(
                        new Parsed(
                                new ServerConfig(
                                        3000,
                                        Path.of("data"),
                                        false,
                                        Optional.empty(),
                                        100,
                                        49,
                                        new MediaWorkers(
                                                Math.min(
                                                        64,
                                                        Runtime.getRuntime().availableProcessors()),
                                                256))));
    }

    @Test
    void every_option_is_heard() {
        var args =
                List.of(
                        "--lan",
                        "--port",
                        "0",
                        "--data",
                        "/x",
                        "--public-ip",
                        "203.0.113.7",
                        "--seats",
                        "12",
                        "--faces",
                        "9",
                        "--media-workers",
                        "3",
                        "--media-spread",
                        "0");

        assertThat(ServerConfig.parse(args))
                .isEqualTo(
                        new Parsed(
                                new ServerConfig(
                                        0,
                                        Path.of("/x"),
                                        true,
                                        Optional.of("203.0.113.7"),
                                        12,
                                        9,
                                        new MediaWorkers(3, 0))));
        assertThat(ServerConfig.parse(List.of("--public-ip", "2001:db8::7")))
                .isInstanceOf(Parsed.class);
        assertThat(ServerConfig.parse(List.of("--help"))).isEqualTo(new Help());
    }

    @Test
    void what_cannot_be_followed_is_named() {
        assertThat(ServerConfig.parse(List.of("--prot", "1")))
                .isEqualTo(new Malformed("no option '--prot'"));
        assertThat(ServerConfig.parse(List.of("--port")))
                .isEqualTo(new Malformed("--port wants a value"));
        for (String port : List.of("x", "-1", "65536", "3000.5")) {
            assertThat(ServerConfig.parse(List.of("--port", port))).isInstanceOf(Malformed.class);
        }
        for (String address : List.of("256.1.1.1", "host", "1.2.3", "")) {
            assertThat(ServerConfig.parse(List.of("--public-ip", address)))
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void media_workers_are_counted_within_limits() {
        for (String count : List.of("1", "64")) {
            assertThat(ServerConfig.parse(List.of("--media-workers", count)))
                    .isInstanceOf(Parsed.class);
        }
        assertThat(ServerConfig.parse(List.of("--media-workers", "65")))
                .isEqualTo(new Malformed("--media-workers wants a number from 1 to 64, not '65'"));
        assertThat(ServerConfig.parse(List.of("--media-workers", "0")))
                .isInstanceOf(Malformed.class);
        assertThat(ServerConfig.parse(List.of("--media-spread", "10000")))
                .isInstanceOf(Parsed.class);
        assertThat(ServerConfig.parse(List.of("--media-spread", "10001")))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void people_and_cameras_are_counted_within_limits() {
        for (var option : List.of("--seats", "--faces")) {
            assertThat(ServerConfig.parse(List.of(option, "2"))).isInstanceOf(Parsed.class);
            assertThat(ServerConfig.parse(List.of(option, "100"))).isInstanceOf(Parsed.class);
            assertThat(ServerConfig.parse(List.of(option, "101"))).isInstanceOf(Malformed.class);
            assertThat(ServerConfig.parse(List.of(option, "0"))).isInstanceOf(Malformed.class);
        }
        assertThat(ServerConfig.parse(List.of("--seats", "1")))
                .isEqualTo(new Malformed("--seats wants a number from 2 to 100, not '1'"));
        assertThat(ServerConfig.parse(List.of("--faces", "1"))).isInstanceOf(Parsed.class);
    }

    @Test
    void the_ends_of_the_range_of_ports_are_in_it() {
        assertThat(ServerConfig.parse(List.of("--port", "65535"))).isInstanceOf(Parsed.class);
        assertThat(ServerConfig.parse(List.of("--port", "0"))).isInstanceOf(Parsed.class);
    }
}
