// SPDX-License-Identifier: Apache-2.0
package noom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import noom.server.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MeetingRoutesTest {
    @RegisterExtension private final RunningServer server = new RunningServer();

    @Test
    void a_new_meeting_is_found_by_its_link_and_tells_who_is_inside() {
        String id = server.meeting(" Tea ", false);
        server.page().join(id, "Ada");

        var found = RunningServer.json(server.get("/api/meetings/" + id));

        assertThat(id).matches("[A-Za-z0-9_-]{16}");
        assertThat(found.get("title").asString()).isEqualTo("Tea");
        assertThat(found.at("/names/0").asString()).isEqualTo("Ada");
        assertThat(found.get("seats").asInt()).isEqualTo(100);
    }

    @Test
    void only_a_shown_meeting_is_found_by_name() {
        String shown = server.meeting("북클럽 ?/&", true);
        server.meeting("secret", false);

        var found = server.get("/api/meetings/named/%EB%B6%81%ED%81%B4%EB%9F%BD%20%3F%2F%26");

        assertThat(RunningServer.json(found).get("id").asString()).isEqualTo(shown);
        assertThat(server.get("/api/meetings/named/secret").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/meetings/named/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void what_cannot_be_a_meeting_is_not_found() {
        assertThat(server.get("/api/meetings/x").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/meetings/AAAAAAAAAAAAAAAA").statusCode()).isEqualTo(404);
        assertThat(server.get("/api/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void bodies_of_the_wrong_form_and_titles_over_the_limit_are_refused() {
        assertThat(post("").statusCode()).isEqualTo(400);
        assertThat(post("{").statusCode()).isEqualTo(400);
        assertThat(post("null").statusCode()).isEqualTo(400);
        assertThat(post("{\"title\":null,\"listed\":true}").statusCode()).isEqualTo(400);
        assertThat(post("{\"title\":\"x\"}").statusCode()).isEqualTo(400);
        var tooLong = post("[".repeat(100_000));
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(RunningServer.json(tooLong).get("code").asString()).isEqualTo("bad-request");
        assertThat(post("{\"title\":\"" + "x".repeat(81) + "\",\"listed\":false}").statusCode())
                .isEqualTo(400);
        assertThat(post("{\"title\":\"" + "x".repeat(80) + "\",\"listed\":false}").statusCode())
                .isEqualTo(201);
        assertThat(post("{\"title\":\"\",\"listed\":true}").statusCode())
                .as("a shown meeting has a name")
                .isEqualTo(400);
    }

    private java.net.http.HttpResponse<String> post(String body) {
        return server.post("/api/meetings", body);
    }

    @Test
    void one_address_makes_twenty_at_once_and_then_waits() {
        for (int i = 0; i < 20; i++) {
            assertThat(post("{\"title\":\"\",\"listed\":false}").statusCode()).isEqualTo(201);
        }
        int status = 201;
        for (int i = 0; i < 20 && status == 201; i++) {
            status = post("{\"title\":\"\",\"listed\":false}").statusCode();
        }

        assertThat(status).isEqualTo(429);
    }

    @Test
    void every_answer_tells_the_browser_what_to_refuse() {
        for (String path : new String[] {"/", "/api/nothing", "/no/such/file", "/m/AAAA"}) {
            var headers = server.get(path).headers();

            assertThat(headers.firstValue("content-security-policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "require-trusted-types-for 'script'")
                    .doesNotContain("unsafe");
            assertThat(headers.firstValue("x-content-type-options")).contains("nosniff");
            assertThat(headers.firstValue("referrer-policy")).contains("no-referrer");
        }
    }

    @Test
    void a_foreign_page_cannot_signal() {
        var foreign =
                server.get("/socket.io/?EIO=4&transport=polling", "Origin", "https://evil.example");
        var own =
                server.get(
                        "/socket.io/?EIO=4&transport=polling",
                        "Origin",
                        "http://127.0.0.1:" + server.port());

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("access-control-allow-origin")).isEmpty();
    }
}
