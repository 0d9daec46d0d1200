// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwaitedNodesTest {
    private final AwaitedNodes heard = new AwaitedNodes(Set.of("b", "c"), OptionalInt.empty());
    private final AwaitedNodes counted = new AwaitedNodes(Set.of("b"), OptionalInt.of(3));

    @Test
    void those_whose_heartbeats_were_heard_are_awaited() {
        assertThat(heard.missing()).isEqualTo(2);
        heard.answered("b");
        heard.answered("stranger");
        assertThat(heard.missing()).isEqualTo(1);
        heard.gone("c", false);
        assertThat(heard.missing()).isZero();
    }

    @Test
    void where_the_transport_counts_so_many_answers_are_awaited_whoever_gives_them() {
        assertThat(counted.missing()).isEqualTo(2);
        counted.answered("unheard");
        counted.answered("b");
        assertThat(counted.missing()).isZero();
        counted.answered("one too many");
        assertThat(counted.missing()).isZero();
    }

    @Test
    void an_answer_counts_once() {
        assertThat(counted.answered("b")).isTrue();
        assertThat(counted.answered("b")).isFalse();
        assertThat(counted.missing()).isEqualTo(1);
    }

    @Test
    void a_goodbye_is_one_answer_less_unless_it_came_after_the_answer() {
        counted.gone("b", true);
        assertThat(counted.missing()).isEqualTo(1);
        counted.answered("c");
        counted.gone("c", true);
        assertThat(counted.missing()).isZero();
    }

    @Test
    void a_transport_that_counts_knows_of_the_dead_by_itself() {
        counted.gone("b", false);
        assertThat(counted.missing()).isEqualTo(2);
    }

    @Test
    void who_is_alone_awaits_nobody() {
        assertThat(new AwaitedNodes(Set.of(), OptionalInt.empty()).missing()).isZero();
        assertThat(new AwaitedNodes(Set.of(), OptionalInt.of(1)).missing()).isZero();
        assertThat(new AwaitedNodes(Set.of(), OptionalInt.of(0)).missing()).isZero();
    }
}
