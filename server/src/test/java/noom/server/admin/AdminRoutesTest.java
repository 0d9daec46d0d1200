// SPDX-License-Identifier: Apache-2.0
package noom.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import noom.rtc.srtp.SrtpContext;
import noom.server.RunningServer;
import noom.server.TestPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdminRoutesTest {
    @RegisterExtension private final RunningServer server = new RunningServer();

    private String token() throws IOException {
        return Files.readString(server.data().resolve(AdminToken.FILE)).strip();
    }

    private HttpResponse<String> asOperator(String path) throws IOException {
        return server.get(path, "authorization", "Bearer " + token());
    }

    @Test
    void without_the_token_nothing_is_told() throws IOException {
        for (String path : new String[] {"/admin/state", "/metrics"}) {
            var none = server.get(path);
            assertThat(none.statusCode()).isEqualTo(401);
            assertThat(none.headers().firstValue("www-authenticate")).hasValue("Bearer");
            assertThat(none.body()).isEmpty();
            for (String shown : new String[] {"Bearer ", "Bearer x", "Basic " + token(), token()}) {
                assertThat(server.get(path, "authorization", shown).statusCode()).isEqualTo(401);
            }
            assertThat(server.get(path + "?token=" + token()).statusCode()).isEqualTo(401);
        }
    }

    private static JsonNode openToSend(TestPage page) {
        var request = new HashMap<String, Object>();
        request.put("direction", "send");
        request.put("rtpCapabilities", null);
        return page.ask("media:open", request);
    }

    @Test
    void the_state_lists_who_has_which_transport() throws IOException {
        String meeting = server.meeting("Tea", false);
        var ada = server.page();
        ada.join(meeting, "Ada");
        var opened = openToSend(ada);

        var state = RunningServer.json(asOperator("/admin/state"));

        var person = state.at("/meetings/0/people/0");
        assertThat(state.at("/meetings/0/id").asString()).isEqualTo(meeting);
        assertThat(person.get("id").asString()).isEqualTo("p1");
        assertThat(person.at("/transports/0/id")).isEqualTo(opened.get("transportId"));
        assertThat(person.at("/transports/0/direction").asString()).isEqualTo("send");
        assertThat(person.at("/transports/0/ice").asString()).isEqualTo("new");
        assertThat(state.at("/workers/0/transports").asInt()).isEqualTo(1);
        assertThat(state.at("/aesGcm").asString()).isEqualTo(SrtpContext.aesGcm());
        assertThat(state.toString())
                .doesNotContain("Ada")
                .doesNotContain(opened.at("/iceParameters/password").asString());

        ada.ask("meeting:leave", Map.of());
        assertThat(RunningServer.json(asOperator("/admin/state")).get("meetings").size()).isZero();
    }

    @Test
    void how_far_away_a_sender_is_stays_unknown_until_it_has_sent_something() throws IOException {
        String meeting = server.meeting("Tea", false);
        var ada = server.page();
        ada.join(meeting, "Ada");
        var opened = openToSend(ada);
        var captured =
                Path.of("../sfu/src/test/resources/noom/sfu/ortc/produce")
                        .resolve("produce-chromium-opus.json");
        ada.ask(
                "media:produce",
                Map.of(
                        "transportId",
                        opened.get("transportId").asString(),
                        "role",
                        "audio",
                        "rtpParameters",
                        JsonMapper.shared().readTree(Files.readAllBytes(captured))));

        var state = RunningServer.json(asOperator("/admin/state"));

        var producer = state.at("/meetings/0/people/0/producers/0");
        assertThat(producer.get("role").asString()).isEqualTo("audio");
        assertThat(producer.get("roundTripMillis").asLong()).isEqualTo(-1);
    }

    @Test
    void metrics_have_the_form_that_prometheus_reads() throws IOException {
        var answer = asOperator("/metrics");

        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body().lines())
                .allMatch(
                        line ->
                                line.matches("# (HELP|TYPE) noom_[a-z_]+ .+")
                                        || line.matches("noom_[a-z_]+(\\{worker=\"\\d+\"})? \\d+"))
                .contains("noom_media_transports{worker=\"0\"} 0", "noom_media_meetings 0");
    }

    @Test
    void who_asks_too_often_waits() throws IOException {
        var codes = new java.util.TreeSet<Integer>();
        for (int i = 0; i < 80; i++) {
            codes.add(server.get("/admin/state").statusCode());
        }
        assertThat(codes).containsExactly(401, 429);
    }
}
