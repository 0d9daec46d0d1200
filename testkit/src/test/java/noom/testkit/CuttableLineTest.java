// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class CuttableLineTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static Socket dial(CuttableLine line) throws IOException {
        var client = new Socket(HERE, line.port());
        client.setSoTimeout(30_000);
        return client;
    }

    @Test
    void it_carries_bytes_both_ways_until_it_is_cut_and_then_leads_elsewhere() throws Exception {
        try (var first = new ServerSocket(0, 1, HERE);
                var second = new ServerSocket(0, 1, HERE);
                var line = CuttableLine.to(first.getLocalPort());
                var client = dial(line);
                var server = first.accept()) {
            server.setSoTimeout(30_000);
            client.getOutputStream().write(1);
            assertThat(server.getInputStream().read()).isEqualTo(1);
            server.getOutputStream().write(2);
            assertThat(client.getInputStream().read()).isEqualTo(2);

            line.cut();
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> server.getInputStream().read())
                    .isInstanceOf(IOException.class);
            try (var refused = dial(line)) {
                assertThatThrownBy(() -> refused.getInputStream().read())
                        .isInstanceOf(IOException.class);
            }

            line.lead(second.getLocalPort());
            try (var again = dial(line);
                    var other = second.accept()) {
                again.getOutputStream().write(3);
                assertThat(other.getInputStream().read()).isEqualTo(3);
            }
        }
    }
}
