// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Trap 1 of the protocol, and trap 3 as far as ids go.
class OpenPacketTest {
    private static final String REST =
            "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

    @Test
    void over_polling_it_has_five_keys_and_offers_websocket() {
        var test = SessionUnderTest.overPolling(EngineConfig.defaults());

        assertThat(test.heard)
                .containsExactly("200 0{\"sid\":\"SID\",\"upgrades\":[\"websocket\"]," + REST);
    }

    @Test
    void over_websocket_it_offers_no_upgrade() {
        var link = new RecordingLink();
        SessionUnderTest.overWebSocket(EngineConfig.defaults(), link);

        assertThat(link.take()).containsExactly("0{\"sid\":\"SID\",\"upgrades\":[]," + REST);
    }

    @Test
    void it_offers_no_upgrade_where_upgrades_are_off() {
        var config = EngineConfig.defaults().with(new Transports(true, true, false));

        var test = SessionUnderTest.overPolling(config);

        assertThat(test.heard.getFirst()).contains("\"upgrades\":[]");
    }

    @Test
    void it_announces_the_limit_in_force() {
        var input = new InputLimits(777, 1, 1, Duration.ofSeconds(1));

        var test = SessionUnderTest.overPolling(EngineConfig.defaults().with(input));

        assertThat(test.heard.getFirst()).contains("\"maxPayload\":777");
    }

    @Test
    void it_names_the_transport_that_carries_the_session() {
        var test = SessionUnderTest.overPolling();
        var before = test.session.transportName();
        var link = test.candidate();
        test.text(link, "2probe");
        test.text(link, "5");

        assertThat(before).isEqualTo("polling");
        assertThat(test.session.transportName()).isEqualTo("websocket");
    }
}
