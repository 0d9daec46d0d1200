// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpServerOptions;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void without_arguments_it_listens_on_loopback_port_3000() {
        var arguments = Arguments.parse();

        assertThat(arguments.host()).isEqualTo("127.0.0.1");
        assertThat(arguments.port()).isEqualTo(3000);
        assertThat(arguments.applyTo(new HttpServerOptions()).isSsl()).isFalse();
    }

    @Test
    void takes_every_option() {
        var arguments =
                Arguments.parse(
                        "--port", "0", "--host", "::1", "--cert", "c.pem", "--key", "k.pem");

        assertThat(arguments.host()).isEqualTo("::1");
        assertThat(arguments.port()).isZero();
        assertThat(arguments.applyTo(new HttpServerOptions()).isSsl()).isTrue();
    }

    @Test
    void ports_are_from_0_to_65535() {
        assertThat(Arguments.parse("--port", "65535").port()).isEqualTo(65_535);
        for (var port : new String[] {"65536", "-1", "x", ""}) {
            assertThatThrownBy(() -> Arguments.parse("--port", port))
                    .hasMessageContaining("from 0 to 65535");
        }
    }

    @Test
    void refuses_what_it_does_not_understand() {
        assertThatThrownBy(() -> Arguments.parse("--prot", "1")).hasMessageContaining("--prot");
        assertThatThrownBy(() -> Arguments.parse("--port")).hasMessageContaining("value");
        assertThatThrownBy(() -> Arguments.parse("--cert", "c.pem"))
                .hasMessageContaining("together");
    }
}
