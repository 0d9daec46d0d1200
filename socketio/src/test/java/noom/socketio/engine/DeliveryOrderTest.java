// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Whatever the client and the server do in whatever order, messages come once and in order.
class DeliveryOrderTest {
    /// A client that polls, probes and upgrades at random, and collects what it gets.
    private static final class RestlessClient {
        final SessionUnderTest test = SessionUnderTest.overPolling();
        final List<String> received = new ArrayList<>();
        private final List<RecordingExchange> polls = new ArrayList<>();
        private RecordingLink link = new RecordingLink();
        private boolean probing;
        private boolean upgraded;
        private boolean closing;
        private int sent;
        private int said;

        void move(int choice) {
            switch (choice) {
                case 0, 1 -> test.send("s" + sent++);
                case 2 -> test.send("s" + sent++, "s" + sent++);
                case 3 -> poll();
                case 4 -> probe();
                case 5 -> upgrade();
                case 6 -> giveUpProbing();
                case 7 -> speak();
                case 8 -> link.setWritable(false);
                default -> drain();
            }
            collect();
        }

        private void poll() {
            if (!upgraded && polls.isEmpty()) {
                polls.add(test.get());
            }
        }

        private void probe() {
            if (!upgraded && !probing) {
                link = test.candidate();
                test.text(link, "2probe");
                probing = true;
            }
        }

        private void upgrade() {
            if (probing) {
                test.text(link, "5");
                probing = false;
                upgraded = true;
            }
        }

        private void giveUpProbing() {
            if (probing) {
                test.session.linkClosed(link, true);
                probing = false;
            }
        }

        private void speak() {
            if (upgraded) {
                test.text(link, "4c" + said++);
            } else {
                assertThat(test.post("4c" + said++ + "\u001e4c" + said++).answer())
                        .isEqualTo("200 ok");
            }
        }

        private void drain() {
            link.setWritable(true);
            test.session.onWritable(link, test.now());
        }

        private void collect() {
            for (var frame : link.take()) {
                add((String) frame);
            }
            if (!polls.isEmpty() && !polls.getFirst().answer().equals("waiting")) {
                var answer = polls.removeFirst().answer();
                if (answer.startsWith("200 ")) {
                    List.of(answer.substring(4).split("\u001e", -1)).forEach(this::add);
                } else {
                    assertThat(closing).as(answer).isTrue();
                }
            }
        }

        private void add(String packet) {
            if (packet.startsWith("4")) {
                received.add(packet.substring(1));
            } else {
                assertThat(packet).isIn("6", "3probe", closing ? "1" : "6");
            }
        }

        void close() {
            closing = true;
            test.session.close(test.now());
            test.send("never");
            collect();
        }

        /// Takes what is left; a second poll for the `1` that comes after it.
        void finish() {
            giveUpProbing();
            drain();
            poll();
            collect();
            poll();
            collect();
        }

        List<String> everythingSent() {
            return IntStream.range(0, sent).mapToObj(i -> "s" + i).toList();
        }

        List<String> everythingSaid() {
            return IntStream.range(0, said).mapToObj(i -> "c" + i).toList();
        }
    }

    @Test
    void nothing_is_lost_doubled_or_out_of_order_whenever_the_transport_changes() {
        Property.forAll(
                random -> {
                    var client = new RestlessClient();

                    for (int i = random.length(); i > 0; i--) {
                        client.move(random.between(0, 10));
                    }
                    client.finish();

                    assertThat(client.received).isEqualTo(client.everythingSent());
                    assertThat(client.test.heard).isEqualTo(client.everythingSaid());
                    assertThat(client.test.session.isOpen()).isTrue();
                });
    }

    @Test
    void a_close_at_any_moment_still_delivers_what_was_sent_before() {
        Property.forAll(
                random -> {
                    var client = new RestlessClient();
                    for (int i = random.length(); i > 0; i--) {
                        client.move(random.between(0, 10));
                    }

                    client.close();
                    client.finish();

                    assertThat(client.received).isEqualTo(client.everythingSent());
                    assertThat(client.test.session.isOpen()).isFalse();
                });
    }

    @Test
    void whatever_comes_in_a_session_ends_once_and_then_asks_for_no_more_time() {
        var nonsense = List.of("", "1", "2", "3", "2probe", "5", "6", "4x", "0{}", "z", "bAQ==");
        Property.forAll(
                random -> {
                    var test = SessionUnderTest.overPolling();
                    var link = new RecordingLink();
                    for (int i = random.length(); i > 0; i--) {
                        switch (random.between(0, 6)) {
                            case 0 -> test.get();
                            case 1 -> test.post(random.oneOf(nonsense));
                            case 2 -> link = test.candidate();
                            case 3 -> test.text(link, random.oneOf(nonsense));
                            case 4 -> test.session.linkClosed(link, random.coin());
                            default -> test.advanceSeconds(random.between(0, 12));
                        }
                    }
                    test.session.discard();
                    test.advanceSeconds(60);

                    assertThat(test.session.isGone()).isTrue();
                    assertThat(test.session.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
                    assertThat(test.heard.stream().filter(DeliveryOrderTest::isEnd)).hasSize(1);
                    assertThat(isEnd(test.heard.getLast())).isTrue();
                });
    }

    private static boolean isEnd(String heard) {
        for (var reason : CloseReason.values()) {
            if (reason.name().equals(heard)) {
                return true;
            }
        }
        return false;
    }
}
