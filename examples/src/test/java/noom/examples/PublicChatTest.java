// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublicChatTest {
    @RegisterExtension
    final RunningExample example =
            new RunningExample(vertx -> PublicChat.start(vertx, Arguments.anyPort()));

    @Test
    void the_server_speaks_first() throws Exception {
        assertThat(new Browser().next()).startsWith("Welcome");
    }

    @Test
    void all_but_the_sender_read_a_message_with_the_senders_name() throws Exception {
        var alice = greeted();
        var bob = greeted();
        var carol = greeted();

        alice.send("{\"type\":\"new_message\",\"payload\":\"hi\"}");
        alice.send("{\"type\":\"nickname\",\"payload\":\"  Alice \"}");
        alice.send("{\"type\":\"new_message\",\"payload\":\"hi again\"}");
        bob.send("{\"type\":\"new_message\",\"payload\":\"hello\"}");

        assertThat(bob.next()).isEqualTo("Anon: hi");
        assertThat(bob.next()).isEqualTo("Alice: hi again");
        assertThat(carol.next()).isEqualTo("Anon: hi");
        assertThat(alice.next()).isEqualTo("Anon: hello");
    }

    @Test
    void what_is_not_understood_harms_nobody() throws Exception {
        var alice = greeted();
        var bob = greeted();

        for (var text :
                new String[] {
                    "",
                    "not json",
                    "[]",
                    "null",
                    "{}",
                    "{\"type\":\"new_message\"}",
                    "{\"type\":\"new_message\",\"payload\":{\"a\":1}}",
                    "{\"type\":7,\"payload\":\"x\"}",
                    "{\"type\":\"shutdown\",\"payload\":\"x\"}"
                }) {
            alice.send(text);
        }
        alice.send("{\"type\":\"new_message\",\"payload\":\"still here\"}");

        assertThat(bob.next()).isEqualTo("Anon: still here");
    }

    @Test
    void a_name_has_at_most_40_characters_and_is_never_blank() throws Exception {
        var alice = greeted();
        var bob = greeted();

        for (var name : new String[] {"x".repeat(40), "y".repeat(41), "   "}) {
            alice.send("{\"type\":\"nickname\",\"payload\":\"" + name + "\"}");
            alice.send("{\"type\":\"new_message\",\"payload\":\"!\"}");
        }

        assertThat(bob.next()).isEqualTo("x".repeat(40) + ": !");
        assertThat(bob.next()).isEqualTo("y".repeat(40) + ": !");
        assertThat(bob.next()).isEqualTo("Anon: !");
    }

    @Test
    void who_has_left_gets_nothing_and_the_others_go_on() throws Exception {
        var alice = greeted();
        var bob = greeted();
        var carol = greeted();

        bob.socket.close().await(30, TimeUnit.SECONDS);
        alice.send("{\"type\":\"new_message\",\"payload\":\"bye Bob\"}");

        assertThat(carol.next()).isEqualTo("Anon: bye Bob");
        assertThat(bob.received).isEmpty();
    }

    private Browser greeted() throws Exception {
        var browser = new Browser();
        assertThat(browser.next()).startsWith("Welcome");
        return browser;
    }

    private final class Browser {
        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final WebSocket socket;

        Browser() throws Exception {
            socket =
                    example.sockets()
                            .connect(example.port(), "127.0.0.1", "/")
                            .onSuccess(s -> s.textMessageHandler(received::add))
                            .await(30, TimeUnit.SECONDS);
        }

        void send(String text) throws Exception {
            socket.writeTextMessage(text).await(30, TimeUnit.SECONDS);
        }

        String next() throws Exception {
            return received.poll(30, TimeUnit.SECONDS);
        }
    }
}
