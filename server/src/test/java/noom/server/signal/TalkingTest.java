// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import noom.server.RunningServer;
import noom.server.TestPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class TalkingTest {
    @RegisterExtension private final RunningServer server = new RunningServer();

    private String meeting;
    private TestPage ada;
    private TestPage bob;

    @BeforeEach
    void two_people_are_in_a_meeting() {
        meeting = server.meeting("", false);
        ada = server.page();
        ada.join(meeting, "Ada");
        bob = server.page();
        bob.join(meeting, "Bob");
    }

    private static JsonNode write(TestPage page, String id, String text) {
        return page.ask("chat:send", Map.of("clientMessageId", id, "text", text));
    }

    private JsonNode nextChat(TestPage page) throws InterruptedException {
        var event = page.next("meeting:event");
        while (!event.get("kind").asString().equals("chat-sent")) {
            event = page.next("meeting:event");
        }
        return event;
    }

    @Test
    void a_message_reaches_everybody_once_with_the_number_of_its_ack() throws Exception {
        var answer = write(ada, "m1", "안녕 <b>🌙</b>");
        write(ada, "m1", "안녕 <b>🌙</b>");
        write(ada, "m2", "next");

        var first = nextChat(bob);
        assertThat(first.get("text").asString()).isEqualTo("안녕 <b>🌙</b>");
        assertThat(first.get("name").asString()).isEqualTo("Ada");
        assertThat(first.get("seq")).isEqualTo(answer.get("seq"));
        assertThat(nextChat(bob).get("clientMessageId").asString()).isEqualTo("m2");
        assertThat(nextChat(ada).get("clientMessageId").asString()).isEqualTo("m1");
    }

    @Test
    void a_text_over_the_limit_is_refused_and_nobody_hears_it() throws Exception {
        assertThat(write(ada, "m1", "x".repeat(8_192)).get("kind").asString())
                .isEqualTo("chat-accepted");
        assertThat(write(ada, "m2", "x".repeat(8_193)).get("code").asString())
                .isEqualTo("bad-text");

        assertThat(nextChat(bob).get("clientMessageId").asString()).isEqualTo("m1");
        assertThat(bob.heardNothingOf("meeting:event")).isTrue();
    }

    @Test
    void requests_of_the_wrong_form_are_refused_one_by_one() {
        var wrong =
                List.of(
                        Map.of(),
                        Map.of("clientMessageId", 7, "text", "x"),
                        Map.of("clientMessageId", "m", "text", List.of()),
                        Map.of("clientMessageId", "m"),
                        List.of("m", "x"),
                        "text",
                        7);

        for (Object request : wrong) {
            var answer = ada.asked("chat:send", request).join();
            assertThat(answer.get("code").asString()).as("%s", request).isEqualTo("bad-request");
        }
        assertThat(write(ada, "m", "still here").get("kind").asString()).isEqualTo("chat-accepted");
    }

    @Test
    void who_writes_too_fast_is_told_so_and_the_other_is_not_hindered() {
        var answers = new ArrayList<CompletableFuture<JsonNode>>();
        for (int i = 0; i < 40; i++) {
            answers.add(ada.asked("chat:send", Map.of("clientMessageId", "m" + i, "text", "x")));
        }
        var kinds = answers.stream().map(answer -> answer.join().toString()).toList();

        assertThat(kinds.subList(0, 20)).allMatch(text -> text.contains("chat-accepted"));
        assertThat(kinds).anyMatch(text -> text.contains("too-fast"));
        assertThat(write(bob, "m", "x").get("kind").asString()).isEqualTo("chat-accepted");
    }

    @Test
    void history_is_read_in_pages_both_ways() {
        IntStream.range(0, 20).forEach(i -> write(ada, "m" + i, "text " + i));

        var after = ada.ask("history:after", Map.of("seq", 20));
        var before = ada.ask("history:before", Map.of("seq", 4));

        assertThat(after.get("events").size()).isEqualTo(2);
        assertThat(after.get("more").asBoolean()).isFalse();
        assertThat(before.get("events").size()).isEqualTo(3);
        assertThat(before.get("more").asBoolean()).isFalse();
        assertThat(ada.ask("history:before", Map.of("seq", 1)).get("events").size()).isZero();
    }

    @Test
    void devices_are_shown_to_the_other() throws Exception {
        ada.ask("devices:set", Map.of("microphone", false, "camera", true, "screen", true));

        var presence = bob.next("meeting:presence");
        while (presence.get("personId").asString().equals("p2")) {
            presence = bob.next("meeting:presence");
        }
        assertThat(presence.at("/devices/microphone").asBoolean()).isFalse();
        assertThat(presence.at("/devices/screen").asBoolean()).isTrue();
    }

    @Test
    void a_new_name_is_told_and_kept() throws Exception {
        ada.ask("meeting:rename", Map.of("name", "Countess"));

        var event = bob.next("meeting:event");
        while (!event.get("kind").asString().equals("person-renamed")) {
            event = bob.next("meeting:event");
        }
        assertThat(event.get("name").asString()).isEqualTo("Countess");
        assertThat(ada.ask("meeting:rename", Map.of("name", "  ")).get("code").asString())
                .isEqualTo("bad-name");
    }

    @Test
    void signals_reach_the_addressed_person_in_order_and_unread() throws Exception {
        for (int i = 0; i < 50; i++) {
            var _ =
                    ada.asked(
                            "signal:send",
                            Map.of("to", "p2", "signal", candidate("candidate:" + i)));
        }

        for (int i = 0; i < 50; i++) {
            var signal = bob.next("signal:received");
            assertThat(signal.get("from").asString()).isEqualTo("p1");
            assertThat(signal.at("/signal/candidate").asString()).isEqualTo("candidate:" + i);
            assertThat(signal.at("/signal/kind").asString()).isEqualTo("candidate");
        }
    }

    private static Map<String, Object> candidate(String text) {
        var signal = new java.util.HashMap<String, Object>();
        signal.put("kind", "candidate");
        signal.put("connection", "c1");
        signal.put("candidate", text);
        signal.put("sdpMid", "0");
        signal.put("sdpMLineIndex", 0);
        signal.put("usernameFragment", null);
        return signal;
    }

    @Test
    void nobody_outside_the_meeting_can_be_reached_or_reach_in() throws Exception {
        var elsewhere = server.page();
        elsewhere.join(server.meeting("", false), "Eve");

        var answer = elsewhere.ask("signal:send", Map.of("to", "p2", "signal", candidate("x")));

        assertThat(answer.get("code").asString()).isEqualTo("peer-away");
        ada.ask("signal:send", Map.of("to", "p2", "signal", candidate("from Ada")));
        assertThat(bob.next("signal:received").at("/signal/candidate").asString())
                .isEqualTo("from Ada");
    }

    @Test
    void a_signal_to_somebody_who_is_not_linked_says_so() throws Exception {
        bob.close();
        var presence = ada.next("meeting:presence");
        while (presence.get("linked").asBoolean()) {
            presence = ada.next("meeting:presence");
        }

        var answer = ada.ask("signal:send", Map.of("to", "p2", "signal", candidate("x")));

        assertThat(answer.get("code").asString()).isEqualTo("peer-away");
    }

    @Test
    void a_description_may_be_long_but_not_endless() {
        assertThat(offer("x".repeat(65_536)).get("kind").asString()).isEqualTo("done");
        assertThat(offer("x".repeat(65_537)).get("code").asString()).isEqualTo("bad-request");
    }

    private JsonNode offer(String sdp) {
        return ada.ask(
                "signal:send",
                Map.of(
                        "to",
                        "p2",
                        "signal",
                        Map.of(
                                "kind", "description",
                                "connection", "c1",
                                "type", "offer",
                                "sdp", sdp)));
    }
}
