// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterNodesTest {
    private static final long TIMEOUT = 10;

    private final ClusterNodes nodes = new ClusterNodes(TIMEOUT);

    @Test
    void a_server_is_dead_when_it_was_silent_for_the_whole_timeout() {
        nodes.heard("a", 100);

        assertThat(nodes.nextDeadlineNanos()).isEqualTo(110);
        assertThat(nodes.takeDead(109)).isEmpty();
        assertThat(nodes.takeDead(110)).containsExactly("a");
        assertThat(nodes.takeDead(110)).as("once").isEmpty();
        assertThat(nodes.ids()).isEmpty();
    }

    @Test
    void whoever_is_heard_again_lives_on_and_the_others_do_not() {
        nodes.heard("a", 100);
        nodes.heard("b", 101);
        nodes.heard("a", 105);

        assertThat(nodes.nextDeadlineNanos()).isEqualTo(111);
        assertThat(nodes.takeDead(112)).containsExactly("b");
        assertThat(nodes.ids()).containsExactly("a");
        assertThat(nodes.nextDeadlineNanos()).isEqualTo(115);
    }

    @Test
    void several_die_in_the_order_they_fell_silent() {
        nodes.heard("a", 100);
        nodes.heard("b", 101);
        nodes.heard("c", 102);

        assertThat(nodes.takeDead(1_000)).containsExactly("a", "b", "c");
        assertThat(nodes.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void the_official_emitter_is_no_server() {
        nodes.heard("emitter", 100);

        assertThat(nodes.ids()).isEmpty();
    }

    @Test
    void who_says_goodbye_is_gone_at_once_and_may_come_again() {
        nodes.heard("a", 100);
        nodes.remove("a");
        nodes.remove("stranger");
        assertThat(nodes.ids()).isEmpty();

        nodes.heard("a", 101);
        assertThat(nodes.ids()).containsExactly("a");
    }
}
