// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import noom.server.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JoiningTest {
    @RegisterExtension private final RunningServer server = new RunningServer();

    @Test
    void the_first_visitor_gets_everything_it_needs() {
        String meeting = server.meeting("Tea", false);

        var joined = server.page().join(meeting, " Ada ");

        assertThat(joined.get("kind").asString()).isEqualTo("joined");
        assertThat(joined.at("/meeting/title").asString()).isEqualTo("Tea");
        assertThat(joined.get("me").asString()).isEqualTo("p1");
        assertThat(joined.get("resumeSecret").asString()).matches("[A-Za-z0-9_-]{22}");
        assertThat(joined.at("/people/0/name").asString()).isEqualTo("Ada");
        assertThat(joined.at("/people/0/devices/microphone").asBoolean()).isTrue();
        assertThat(joined.at("/people/0/linked").asBoolean()).isTrue();
        assertThat(joined.at("/history/events/0/kind").asString()).isEqualTo("person-joined");
        assertThat(joined.at("/iceServers/0/urls/0").asString())
                .isEqualTo("stun:127.0.0.1:" + server.port());
        assertThat(joined.at("/iceServers").size()).as("and nobody else's").isEqualTo(1);
    }

    @Test
    void nothing_that_goes_out_holds_a_resume_key() throws Exception {
        String meeting = server.meeting("", false);
        var ada = server.page();
        ada.join(meeting, "Ada");
        var bob = server.page().join(meeting, "Bob");

        assertThat(bob.get("history").toString()).doesNotContain("ey\"");
        assertThat(ada.next("meeting:event").toString()).doesNotContain("ey\"");
    }

    @Test
    void the_others_hear_of_somebody_who_comes() throws Exception {
        String meeting = server.meeting("", false);
        var ada = server.page();
        ada.join(meeting, "Ada");

        server.page().join(meeting, "Bob");

        var event = ada.next("meeting:event");
        assertThat(event.get("kind").asString()).isEqualTo("person-joined");
        assertThat(event.get("name").asString()).isEqualTo("Bob");
        assertThat(event.get("seq").asLong()).isEqualTo(2);
    }

    @Test
    void an_unknown_or_impossible_meeting_is_told_apart_from_nothing() {
        var page = server.page();

        assertThat(page.join("AAAAAAAAAAAAAAAA", "Ada").get("code").asString())
                .isEqualTo("unknown-meeting");
        assertThat(page.join("../../x", "Ada").get("code").asString()).isEqualTo("unknown-meeting");
    }

    @Test
    void a_tab_that_shows_its_secret_is_the_same_person_and_the_old_connection_goes()
            throws Exception {
        String meeting = server.meeting("", false);
        var before = server.page();
        var joined = before.join(meeting, "Ada");

        var after = server.page().join(meeting, "Ada", joined.get("resumeSecret").asString(), 1L);

        assertThat(after.get("me").asString()).isEqualTo("p1");
        assertThat(after.get("resumeSecret")).isEqualTo(joined.get("resumeSecret"));
        assertThat(after.at("/history/events").size()).isZero();
        assertThat(before.next("meeting:replaced").get("meetingId").asString()).isEqualTo(meeting);
        assertThat(chat(before, "m1").get("code").asString()).isEqualTo("not-in-meeting");
    }

    private static tools.jackson.databind.JsonNode chat(noom.server.TestPage page, String id) {
        return page.ask("chat:send", Map.of("clientMessageId", id, "text", "hello"));
    }

    @Test
    void a_guessable_secret_makes_nobody_somebody_else() {
        String meeting = server.meeting("", false);

        var first = server.page().join(meeting, "Ada", "short", null);
        var second = server.page().join(meeting, "Bob", "short", null);

        assertThat(first.get("me").asString()).isEqualTo("p1");
        assertThat(second.get("me").asString()).isEqualTo("p2");
        assertThat(second.get("resumeSecret").asString()).isNotEqualTo("short");
    }

    @Test
    void a_lost_connection_is_shown_and_its_person_stays() throws Exception {
        String meeting = server.meeting("", false);
        var ada = server.page();
        ada.join(meeting, "Ada");
        var bob = server.page();
        bob.join(meeting, "Bob");
        ada.next("meeting:event");
        assertThat(ada.next("meeting:presence").get("linked").asBoolean()).isTrue();

        bob.close();

        var presence = ada.next("meeting:presence");
        assertThat(presence.get("personId").asString()).isEqualTo("p2");
        assertThat(presence.get("linked").asBoolean()).isFalse();
        assertThat(ada.heardNothingOf("meeting:event")).isTrue();
    }

    @Test
    void leaving_is_told_and_makes_room() throws Exception {
        String meeting = server.meeting("", false);
        var ada = server.page();
        ada.join(meeting, "Ada");
        var bob = server.page();
        bob.join(meeting, "Bob");
        ada.next("meeting:event");

        assertThat(bob.ask("meeting:leave", Map.of()).get("kind").asString()).isEqualTo("done");

        var left = ada.next("meeting:event");
        assertThat(left.get("kind").asString()).isEqualTo("person-left");
        assertThat(left.get("reason").asString()).isEqualTo("left");
        assertThat(server.page().join(meeting, "Cleo").get("kind").asString()).isEqualTo("joined");
    }

    @Test
    void a_closing_page_leaves_by_beacon() throws Exception {
        String meeting = server.meeting("", false);
        var ada = server.page();
        ada.join(meeting, "Ada");
        var bob = server.page().join(meeting, "Bob");
        ada.next("meeting:event");

        var answer =
                server.post(
                        "/api/meetings/" + meeting + "/leave",
                        "{\"resumeSecret\":" + bob.get("resumeSecret") + "}");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(server.get("/api/meetings/" + meeting).body()).contains("[\"Ada\"]");
        assertThat(ada.next("meeting:event").get("kind").asString()).isEqualTo("person-left");
    }

    @Test
    void one_page_is_in_one_meeting() {
        var page = server.page();
        page.join(server.meeting("", false), "Ada");
        String other = server.meeting("", false);

        assertThat(page.join(other, "Ada").get("code").asString()).isEqualTo("bad-request");
        page.ask("meeting:leave", Map.of());
        assertThat(page.join(other, "Ada").get("kind").asString()).isEqualTo("joined");
    }

    @Test
    void people_and_history_survive_a_restart_of_the_server() throws Exception {
        String meeting = server.meeting("Tea", false);
        var ada = server.page();
        var joined = ada.join(meeting, "Ada");
        chat(ada, "m1");
        server.stop();
        server.start();

        var again = server.page();
        var back = again.join(meeting, "Ada", joined.get("resumeSecret").asString(), 1L);

        assertThat(back.get("me").asString()).isEqualTo("p1");
        assertThat(back.at("/history/events").size()).isEqualTo(1);
        assertThat(back.at("/history/events/0/text").asString()).isEqualTo("hello");
        assertThat(chat(again, "m1").get("seq").asLong()).as("sent again").isEqualTo(2);
        assertThat(chat(again, "m2").get("seq").asLong()).isEqualTo(3);
    }

    @Test
    void without_a_seat_nothing_can_be_done() {
        var page = server.page();

        for (String event :
                new String[] {
                    "meeting:leave",
                    "meeting:rename",
                    "chat:send",
                    "history:after",
                    "history:before",
                    "devices:set",
                    "signal:send"
                }) {
            var request =
                    Map.of(
                            "name",
                            "x",
                            "clientMessageId",
                            "m",
                            "text",
                            "x",
                            "seq",
                            1,
                            "microphone",
                            true,
                            "camera",
                            true,
                            "screen",
                            true,
                            "to",
                            "p1",
                            "signal",
                            Map.of(
                                    "kind",
                                    "description",
                                    "connection",
                                    "c",
                                    "type",
                                    "offer",
                                    "sdp",
                                    ""));
            assertThat(page.ask(event, request).get("code").asString())
                    .as(event)
                    .isEqualTo("not-in-meeting");
        }
    }
}
