// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ThermometersTest {
    @RegisterExtension
    final RunningExample example =
            new RunningExample(vertx -> Thermometers.start(vertx, Arguments.anyPort()));

    @Test
    void what_comes_by_rest_goes_to_all_browsers() throws Exception {
        var alice = example.browser();
        var bob = example.browser();

        assertThat(put("cellar", "{\"celsius\":12}")).isEqualTo(204);

        for (var browser : new ScriptedBrowser[] {alice, bob}) {
            assertThat(browser.event("reading"))
                    .isEqualTo("[\"reading\",{\"place\":\"cellar\",\"celsius\":12.0}]");
        }
        assertThat(example.get("/api/readings").body()).isEqualTo("{\"cellar\":12.0}");
    }

    @Test
    void what_anybody_publishes_on_the_event_bus_goes_to_browsers() throws Exception {
        var alice = example.browser();

        example.vertx()
                .eventBus()
                .publish("reading", JsonObject.of("place", "roof", "celsius", -3.5));

        assertThat(alice.event("reading"))
                .isEqualTo("[\"reading\",{\"place\":\"roof\",\"celsius\":-3.5}]");
    }

    @Test
    void a_browser_asks_on_the_event_bus() throws Exception {
        var alice = example.browser();
        put("cellar", "{\"celsius\":12}");

        assertThat(alice.ask("latest", "cellar")).isEqualTo("[12.0]");
        assertThat(alice.ask("latest", "moon")).isEqualTo("[{\"error\":\"no-reading\"}]");
    }

    @Test
    void a_body_without_a_number_is_refused() throws Exception {
        assertThat(put("cellar", "{\"celsius\":\"cold\"}")).isEqualTo(400);
        assertThat(put("cellar", "")).isEqualTo(400);
        assertThat(example.get("/api/readings").body()).isEqualTo("{}");
    }

    private int put(String place, String json) throws Exception {
        return example.ask(HttpMethod.PUT, "/api/readings/" + place, json).status();
    }
}
