// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VideoCallTest {
    @RegisterExtension
    final RunningExample example =
            new RunningExample(vertx -> VideoCall.start(vertx, Arguments.anyPort()));

    @Test
    void introduces_two_people_to_each_other() throws Exception {
        var alice = in("tea");
        var bob = in("tea");
        var offer = JsonObject.of("type", "offer", "sdp", "v=0");

        assertThat(alice.event()).isEqualTo("[\"welcome\"]");
        alice.emit("offer", offer, "tea");
        assertThat(bob.event()).isEqualTo("[\"offer\",{\"type\":\"offer\",\"sdp\":\"v=0\"}]");
        bob.emit("answer", "any JSON", "tea");
        assertThat(alice.event()).isEqualTo("[\"answer\",\"any JSON\"]");
        bob.emit("ice", null, "tea");
        assertThat(alice.event()).isEqualTo("[\"ice\",null]");
    }

    @Test
    void a_third_person_does_not_get_in_until_one_has_left() throws Exception {
        in("tea");
        var bob = in("tea");
        var carol = example.browser();

        assertThat(carol.ask("join_room", "tea")).isEqualTo("[{\"error\":\"room-full\"}]");
        assertThat(bob.ask("join_room", "tea")).isEqualTo("[]");
        bob.leave();
        var answer = carol.ask("join_room", "tea");
        while (!answer.equals("[]")) { // the server may hear of the leaving a little later
            answer = carol.ask("join_room", "tea");
        }
    }

    @Test
    void of_two_who_come_together_exactly_one_is_told_to_begin() throws Exception {
        for (int i = 0; i < 50; i++) {
            var room = "room " + i;
            var pair = List.of(example.browser(), example.browser());

            var joins = pair.stream().map(b -> CompletableFuture.runAsync(() -> join(b, room)));
            CompletableFuture.allOf(joins.toArray(CompletableFuture[]::new))
                    .get(30, TimeUnit.SECONDS);

            int welcomes = 0;
            for (var browser : pair) {
                browser.ask("ice", null, "nowhere"); // whatever came before it has been heard
                welcomes += browser.heardCount("42[\"welcome\"]");
                browser.leave();
            }
            assertThat(welcomes).isEqualTo(1);
        }
    }

    @Test
    void only_who_is_in_a_room_sends_into_it() throws Exception {
        var alice = in("tea");
        var mallory = example.browser();

        for (var name : new String[] {"offer", "answer", "ice"}) {
            assertThat(mallory.ask(name, "x", "tea")).isEqualTo("[{\"error\":\"not-in-room\"}]");
            assertThat(mallory.ask(name, "x", alice.id()))
                    .isEqualTo("[{\"error\":\"not-in-room\"}]");
        }
        var bob = in("tea");
        assertThat(alice.event()).isEqualTo("[\"welcome\"]");
        bob.emit("ice", 1, "tea");
        assertThat(alice.event()).isEqualTo("[\"ice\",1]");
    }

    @Test
    void who_joins_another_room_leaves_the_first() throws Exception {
        var alice = in("tea");

        alice.ask("join_room", "coffee");

        assertThat(alice.ask("ice", 1, "tea")).isEqualTo("[{\"error\":\"not-in-room\"}]");
    }

    @Test
    void rooms_have_a_name_of_1_to_64_characters_that_is_nobodys_id() throws Exception {
        var alice = example.browser();
        var mallory = example.browser();

        for (var room : new String[] {"", " ", "x".repeat(65), alice.id()}) {
            assertThat(mallory.ask("join_room", room)).isEqualTo("[{\"error\":\"bad-room\"}]");
        }
        assertThat(mallory.ask("join_room", "x".repeat(64))).isEqualTo("[]");
    }

    @Test
    void the_same_port_tells_a_browser_its_address_over_udp() throws Exception {
        var answers = new LinkedBlockingQueue<byte[]>();
        var udp = example.vertx().createDatagramSocket();
        udp.handler(packet -> answers.add(packet.data().getBytes()));
        udp.listen(0, "127.0.0.1").await(30, TimeUnit.SECONDS);
        byte[] request =
                new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes();

        udp.send(Buffer.buffer("noise"), example.port(), "127.0.0.1").await(30, TimeUnit.SECONDS);
        udp.send(Buffer.buffer(request), example.port(), "127.0.0.1").await(30, TimeUnit.SECONDS);

        var message = new StunMessage();
        assertThat(message.wrap(answers.poll(30, TimeUnit.SECONDS))).isTrue();
        assertThat(message.xorMappedAddress().getPort()).isEqualTo(udp.localAddress().port());
        assertThat(answers).isEmpty();
    }

    private static void join(ScriptedBrowser browser, String room) {
        try {
            assertThat(browser.ask("join_room", room)).isEqualTo("[]");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private ScriptedBrowser in(String room) throws Exception {
        var browser = example.browser();
        assertThat(browser.ask("join_room", room)).isEqualTo("[]");
        return browser;
    }
}
