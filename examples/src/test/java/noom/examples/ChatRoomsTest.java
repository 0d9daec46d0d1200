// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatRoomsTest {
    @RegisterExtension
    final RunningExample example =
            new RunningExample(vertx -> ChatRooms.start(vertx, Arguments.anyPort()));

    @Test
    void done_is_called_without_arguments_and_everybody_hears_of_the_new_room() throws Exception {
        var alice = example.browser();
        var bystander = example.browser();

        assertThat(alice.ask("enter_room", "tea")).isEqualTo("[]");

        assertThat(alice.event()).isEqualTo("[\"room_change\",[\"tea\"]]");
        assertThat(bystander.event()).isEqualTo("[\"room_change\",[\"tea\"]]");
    }

    @Test
    void welcome_and_bye_go_to_the_others_with_the_right_counts() throws Exception {
        var alice = in("tea");
        var bob = example.browser();
        bob.emit("nickname", "Bob");
        bob.ask("enter_room", "tea");

        assertThat(alice.event()).isEqualTo("[\"welcome\",\"Bob\",2]");
        assertThat(alice.event()).isEqualTo("[\"room_change\",[\"tea\"]]");
        bob.leave();
        assertThat(alice.event()).isEqualTo("[\"bye\",\"Bob\",1]");
        assertThat(alice.event()).isEqualTo("[\"room_change\",[\"tea\"]]");
    }

    @Test
    void a_room_closes_with_its_last_visitor() throws Exception {
        var alice = in("tea");
        var bystander = example.browser();

        alice.leave();

        assertThat(bystander.event()).isEqualTo("[\"room_change\",[]]");
    }

    @Test
    void a_message_goes_to_the_others_of_its_room_only() throws Exception {
        var alice = in("tea");
        var bob = in("tea");
        var carol = in("coffee");

        assertThat(alice.ask("new_message", "hi", "tea")).isEqualTo("[]");
        assertThat(alice.ask("new_message", "psst", carol.id())).isEqualTo("[]");

        assertThat(bob.event("new_message")).isEqualTo("[\"new_message\",\"Anon: hi\"]");
        assertThat(carol.event("new_message")).isEqualTo("[\"new_message\",\"Anon: psst\"]");
    }

    @Test
    void nobody_writes_into_a_room_from_outside() throws Exception {
        var alice = in("tea");
        var outsider = example.browser();

        assertThat(outsider.ask("new_message", "let me in", "tea"))
                .isEqualTo("[{\"error\":\"not-in-room\"}]");
        alice.ask("new_message", "x", alice.id());
        outsider.ask("new_message", "privately", alice.id());
        assertThat(alice.event("new_message")).isEqualTo("[\"new_message\",\"Anon: privately\"]");
    }

    @Test
    void nobody_enters_the_private_room_of_another_or_one_without_a_name() throws Exception {
        var alice = example.browser();
        var eavesdropper = example.browser();

        for (var room : new String[] {alice.id(), "", "  ", "x".repeat(65)}) {
            assertThat(eavesdropper.ask("enter_room", room))
                    .isEqualTo("[{\"error\":\"bad-room\"}]");
        }
        assertThat(eavesdropper.ask("enter_room", "x".repeat(64))).isEqualTo("[]");
        assertThat(eavesdropper.ask("enter_room", 7)).isEqualTo("[{\"error\":\"bad-argument\"}]");
    }

    @Test
    void the_home_page_holds_the_open_rooms_with_counts_escaped() throws Exception {
        in("<b>\"tea\"</b>");
        in("<b>\"tea\"</b>");

        assertThat(example.get("/").body())
                .contains(
                        "data-rooms=\"[{&quot;name&quot;:&quot;&lt;b&gt;\\&quot;tea\\&quot;&lt;/b&gt;"
                                + "&quot;,&quot;count&quot;:2}]\"");
    }

    @Test
    void the_official_client_comes_from_the_server() throws Exception {
        assertThat(example.get("/socket.io/socket.io.js").body())
                .startsWith("/*!")
                .contains("Socket.IO");
    }

    private ScriptedBrowser in(String room) throws Exception {
        var browser = example.browser();
        browser.ask("enter_room", room);
        browser.event(); // room_change
        return browser;
    }
}
