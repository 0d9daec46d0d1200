// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Trap 4 of the protocol again: a request with several faults hears of the first in the official
/// order, for every combination of faults.
class RefusalOrderTest {
    private static final RequestGate GATE =
            new RequestGate(
                    EngineConfig.defaults()
                            .with(
                                    AccessPolicy.DEFAULT
                                            .withOrigins((origin, _) -> !origin.contains("evil"))
                                            .withAllowRequest(RefusalOrderTest::door)));

    private static Optional<String> door(EngineRequest request) {
        return request.header("banned").map(_ -> "banned");
    }

    /// What may be wrong with a request.
    private record Faults(
            boolean transport,
            boolean garbledOrigin,
            boolean foreignOrigin,
            boolean method,
            boolean mismatch,
            boolean banned,
            boolean version) {
        static Faults of(int bits) {
            return new Faults(
                    (bits & 1) != 0,
                    (bits & 2) != 0,
                    (bits & 4) != 0,
                    (bits & 8) != 0,
                    (bits & 16) != 0,
                    (bits & 32) != 0,
                    (bits & 64) != 0);
        }

        EngineRequest request(boolean webSocket, String sid) {
            var query = new HashMap<String, String>();
            query.put("transport", transport ? "carrier-pigeon" : named(webSocket));
            query.put("EIO", version ? "3" : "4");
            query.put("sid", sid);
            var headers = new HashMap<String, List<String>>();
            if (garbledOrigin) {
                headers.put("origin", List.of("http://a\u007fb"));
            } else if (foreignOrigin) {
                headers.put("origin", List.of("http://evil.example"));
            }
            if (banned) {
                headers.put("banned", List.of("yes"));
            }
            return new EngineRequest(
                    method ? "PUT" : "GET",
                    "/engine.io/",
                    query,
                    headers,
                    "::1",
                    webSocket != mismatch,
                    false);
        }

        private static String named(boolean webSocket) {
            return webSocket ? "websocket" : "polling";
        }

        /// The table: first fault, first refusal.
        int expectedForHandshake() {
            return transport
                    ? 0
                    : garbledOrigin
                            ? 3
                            : foreignOrigin
                                    ? 4
                                    : method ? 2 : mismatch ? 3 : banned ? 4 : version ? 5 : -1;
        }

        /// A known session is asked for neither version, method nor door.
        int expectedWithSession(boolean known) {
            return transport
                    ? 0
                    : garbledOrigin ? 3 : foreignOrigin ? 4 : !known ? 1 : mismatch ? 3 : -1;
        }
    }

    private static int code(Optional<EngineRefusal> refusal) {
        return refusal.map(EngineRefusal::code).orElse(-1);
    }

    @Test
    void of_all_faults_of_a_handshake_the_first_is_told() {
        for (int bits = 0; bits < 128; bits++) {
            var faults = Faults.of(bits);
            for (boolean webSocket : new boolean[] {false, true}) {
                var refusal = GATE.check(faults.request(webSocket, ""), false);

                assertThat(code(refusal))
                        .as("%s, webSocket %s", faults, webSocket)
                        .isEqualTo(faults.expectedForHandshake());
            }
        }
    }

    @Test
    void of_all_faults_of_a_request_with_a_sid_the_first_is_told() {
        for (int bits = 0; bits < 128; bits++) {
            var faults = Faults.of(bits);
            for (boolean known : new boolean[] {false, true}) {
                var refusal = GATE.check(faults.request(known, "abc"), known);

                assertThat(code(refusal))
                        .as("%s, known %s", faults, known)
                        .isEqualTo(faults.expectedWithSession(known));
            }
        }
    }

    @Test
    void only_code_4_is_status_403() {
        for (int bits = 0; bits < 128; bits++) {
            var refusal = GATE.check(Faults.of(bits).request(false, ""), false);

            refusal.ifPresent(
                    told -> assertThat(told.status()).isEqualTo(told.code() == 4 ? 403 : 400));
        }
    }

    @Test
    void an_origin_may_hold_every_character_of_a_header_and_no_other() {
        Property.forAll(
                random -> {
                    char c = (char) random.between(0, 0x120);
                    boolean good = c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f);
                    var headers = Map.of("origin", List.of("http://" + c));
                    var query = Map.of("transport", "polling", "EIO", "4");
                    var request =
                            new EngineRequest("GET", "/", query, headers, "::1", false, false);

                    assertThat(code(GATE.check(request, false))).isEqualTo(good ? -1 : 3);
                });
    }
}
