// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import noom.server.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// That the server sets the limits of its Socket.IO library; the library's tests show what each
/// limit does.
class SignalLimitsTest {
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final int PACKETS_PER_POST = 64;
    private static final int BURST = 300;

    @RegisterExtension private final RunningServer server = new RunningServer();

    @Test
    void arguments_are_sixteen_deep_at_most() {
        String session = join();

        assertThat(send(session, "42[\"x\"," + nested(15) + "]")).isEqualTo(200);
        assertThat(isOpen(session)).isTrue();
        send(session, "42[\"x\"," + nested(16) + "]");
        assertThat(isOpen(session)).isFalse();
    }

    @Test
    void a_dead_line_is_known_for_dead_within_sixteen_seconds() {
        assertThat(server.get(POLLING).body())
                .contains("\"pingInterval\":8000", "\"pingTimeout\":8000");
    }

    @Test
    void a_post_carries_sixty_four_packets_at_most() {
        assertThat(send(join(), events(PACKETS_PER_POST))).isEqualTo(200);
        assertThat(send(join(), events(PACKETS_PER_POST + 1))).isEqualTo(400);
    }

    @Test
    void a_body_over_the_limit_is_refused() {
        int room = SignalLimits.MAX_PAYLOAD_BYTES - "42[\"x\",\"\"]".length();

        assertThat(send(join(), "42[\"x\",\"" + "y".repeat(room) + "\"]")).isEqualTo(200);
        assertThat(send(join(), "42[\"x\",\"" + "y".repeat(room + 1) + "\"]")).isEqualTo(413);
    }

    @Test
    void who_floods_is_cut_off_after_the_burst_and_others_are_not() {
        String flooder = join();
        String bystander = join();
        for (int sent = 0; sent < BURST - PACKETS_PER_POST; sent += PACKETS_PER_POST) {
            send(flooder, events(PACKETS_PER_POST));
        }
        assertThat(isOpen(flooder)).isTrue();
        for (int sent = 0; sent < 10 * BURST; sent += PACKETS_PER_POST) {
            send(flooder, events(PACKETS_PER_POST));
        }
        assertThat(isOpen(flooder)).isFalse();
        assertThat(isOpen(bystander)).isTrue();
    }

    @Test
    void two_hundred_come_from_one_address_at_once_and_others_still_get_in() {
        for (int i = 0; i < 200; i++) {
            assertThat(open("203.0.113.9")).as("handshake " + i).isEqualTo(200);
        }
        assertThat(open("203.0.113.9")).isEqualTo(429);
        assertThat(open("203.0.113.10")).isEqualTo(200);
    }

    /// Opens a session as a proxy on this machine would for a client of its own.
    private int open(String source) {
        return server.get(POLLING, "X-Forwarded-For", source).statusCode();
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static String events(int count) {
        return String.join("\u001e", Collections.nCopies(count, "42[\"nothing\"]"));
    }

    /// Opens a session and joins the main namespace; the way to it.
    private String join() {
        String opened = server.get(POLLING).body();
        String session = POLLING + "&sid=" + opened.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        assertThat(send(session, "40")).isEqualTo(200);
        assertThat(server.get(session).body()).startsWith("40");
        return session;
    }

    private int send(String session, String packets) {
        return server.post(session, packets).statusCode();
    }

    /// An open session answers even a request that it does not understand.
    private boolean isOpen(String session) {
        return send(session, "421[\"meeting:join\",{}]") == 200
                && server.get(session).body().startsWith("431");
    }
}
