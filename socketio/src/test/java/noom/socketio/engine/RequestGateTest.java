// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Trap 4 of the protocol: which refusal, and in which order.
class RequestGateTest {
    private final RequestGate gate = new RequestGate(EngineConfig.defaults());

    private static EngineRequest request(String method, boolean webSocket, String... query) {
        return request(method, webSocket, Map.of(), query);
    }

    private static EngineRequest request(
            String method, boolean webSocket, Map<String, String> headers, String... query) {
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < query.length; i += 2) {
            parameters.put(query[i], query[i + 1]);
        }
        var lists = new HashMap<String, List<String>>();
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        return new EngineRequest(method, "/engine.io/", parameters, lists, "::1", webSocket, false);
    }

    private String check(EngineRequest request, boolean known) {
        return gate.check(request, known)
                .map(refusal -> refusal.status() + " " + refusal.json())
                .orElse("in");
    }

    @Test
    void a_proper_handshake_comes_in() {
        assertThat(check(request("GET", false, "EIO", "4", "transport", "polling"), false))
                .isEqualTo("in");
        assertThat(check(request("GET", true, "EIO", "4", "transport", "websocket"), false))
                .isEqualTo("in");
    }

    @Test
    void an_unknown_transport_is_code_0() {
        var expected = "400 {\"code\":0,\"message\":\"Transport unknown\"}";

        assertThat(check(request("GET", false, "EIO", "4"), false)).isEqualTo(expected);
        assertThat(check(request("GET", false, "EIO", "4", "transport", "abc"), false))
                .isEqualTo(expected);
        assertThat(check(request("PUT", false, "transport", "", "sid", "x"), true))
                .isEqualTo(expected);
    }

    @Test
    void an_unknown_sid_is_code_1() {
        var expected = "400 {\"code\":1,\"message\":\"Session ID unknown\"}";

        assertThat(check(request("GET", false, "transport", "polling", "sid", "x"), false))
                .isEqualTo(expected);
        assertThat(check(request("GET", true, "transport", "websocket", "sid", "x"), false))
                .isEqualTo(expected);
        assertThat(check(request("GET", false, "transport", "websocket", "sid", "x"), false))
                .isEqualTo(expected);
    }

    @Test
    void a_handshake_other_than_get_is_code_2() {
        var expected = "400 {\"code\":2,\"message\":\"Bad handshake method\"}";

        for (var method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
            assertThat(check(request(method, false, "EIO", "4", "transport", "polling"), false))
                    .isEqualTo(expected);
        }
        assertThat(check(request("POST", false, "EIO", "4", "transport", "websocket"), false))
                .isEqualTo(expected);
    }

    @Test
    void a_transport_that_does_not_fit_the_request_is_code_3() {
        var expected = "400 {\"code\":3,\"message\":\"Bad request\"}";

        assertThat(check(request("GET", false, "EIO", "4", "transport", "websocket"), false))
                .isEqualTo(expected);
        assertThat(check(request("GET", true, "EIO", "4", "transport", "polling"), false))
                .isEqualTo(expected);
        assertThat(check(request("GET", false, "transport", "websocket", "sid", "x"), true))
                .isEqualTo(expected);
    }

    @Test
    void an_origin_with_forbidden_characters_is_code_3() {
        var headers = Map.of("origin", "http://a\u0001b");

        var answer =
                check(request("GET", false, headers, "EIO", "4", "transport", "polling"), false);

        assertThat(answer).startsWith("400 {\"code\":3");
    }

    @Test
    void a_foreign_origin_is_code_4_for_polling_and_websocket_with_and_without_sid() {
        var access =
                AccessPolicy.DEFAULT.withOrigins((origin, host) -> origin.equals("http://" + host));
        var strict = new RequestGate(EngineConfig.defaults().with(access));
        var foreign = Map.of("origin", "http://evil.example", "host", "noom.example");
        var own = Map.of("origin", "http://noom.example", "host", "noom.example");

        for (boolean webSocket : List.of(true, false)) {
            var transport = webSocket ? "websocket" : "polling";
            for (var sid : List.of("", "x")) {
                var query = new String[] {"EIO", "4", "transport", transport, "sid", sid};
                boolean known = !sid.isEmpty();
                assertThat(strict.check(request("GET", webSocket, foreign, query), known))
                        .contains(new EngineRefusal(403, 4, "Origin not allowed"));
                assertThat(strict.check(request("GET", webSocket, own, query), known)).isEmpty();
                assertThat(strict.check(request("GET", webSocket, query), known)).isEmpty();
            }
        }
    }

    @Test
    void the_door_keeper_refuses_handshakes_only_with_its_own_message() {
        var access = AccessPolicy.DEFAULT.withAllowRequest(_ -> Optional.of("not \"today\"\n"));
        var strict = new RequestGate(EngineConfig.defaults().with(access));

        var refusal = strict.check(request("GET", false, "transport", "polling"), false);

        assertThat(refusal.orElseThrow().json())
                .isEqualTo("{\"code\":4,\"message\":\"not \\\"today\\\"\\u000a\"}");
        assertThat(refusal.orElseThrow().status()).isEqualTo(403);
        assertThat(strict.check(request("GET", false, "transport", "polling", "sid", "x"), true))
                .isEmpty();
    }

    @Test
    void another_version_is_code_5() {
        var expected = "400 {\"code\":5,\"message\":\"Unsupported protocol version\"}";

        assertThat(check(request("GET", false, "transport", "polling"), false)).isEqualTo(expected);
        assertThat(check(request("GET", false, "EIO", "abc", "transport", "polling"), false))
                .isEqualTo(expected);
        assertThat(check(request("GET", true, "EIO", "3", "transport", "websocket"), false))
                .isEqualTo(expected);
    }

    @Test
    void the_order_is_transport_origin_method_door_keeper_version() {
        var asked = new ArrayList<String>();
        var access =
                AccessPolicy.DEFAULT
                        .withOrigins((_, _) -> asked.add("origin"))
                        .withAllowRequest(
                                _ -> {
                                    asked.add("door");
                                    return Optional.empty();
                                });
        var strict = new RequestGate(EngineConfig.defaults().with(access));
        var headers = Map.of("origin", "http://a");

        strict.check(request("GET", false, headers, "transport", "abc"), false);
        assertThat(asked).isEmpty();
        strict.check(request("PUT", false, headers, "transport", "polling"), false);
        assertThat(asked).containsExactly("origin");
        var last = strict.check(request("GET", false, headers, "transport", "polling"), false);
        assertThat(asked).containsExactly("origin", "origin", "door");
        assertThat(last).contains(EngineRefusal.UNSUPPORTED_VERSION);
    }

    @Test
    void a_transport_that_is_not_offered_is_unknown() {
        var config = EngineConfig.defaults().with(new Transports(false, true, false));
        var strict = new RequestGate(config);

        assertThat(strict.check(request("GET", false, "EIO", "4", "transport", "polling"), false))
                .contains(EngineRefusal.UNKNOWN_TRANSPORT);
    }
}
