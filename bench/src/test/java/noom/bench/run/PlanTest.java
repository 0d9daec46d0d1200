// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void without_options_it_is_the_full_size() {
        var plan = Plan.parse(List.of());

        assertThat(plan.isFull()).isTrue();
        assertThat(plan.clients()).isEqualTo(1_000);
        assertThat(plan.runs()).isEqualTo(5);
        assertThat(plan.idleSockets()).isEqualTo(10_000);
        assertThat(plan.idleRuns()).isEqualTo(3);
    }

    @Test
    void another_size_is_not_full() {
        var plan = Plan.parse(List.of("--clients", "200", "--runs", "2", "--sockets", "2000"));

        assertThat(plan.isFull()).isFalse();
        assertThat(plan.clients()).isEqualTo(200);
        assertThat(plan.runs()).isEqualTo(2);
        assertThat(plan.idleSockets()).isEqualTo(2_000);
        assertThat(plan.idleRuns()).isEqualTo(2);
    }

    @Test
    void options_change_the_small_size_too_wherever_they_stand() {
        var plan = Plan.parse(List.of("--clients", "7", "--micro"));

        assertThat(plan.clients()).isEqualTo(7);
        assertThat(plan.runs()).isEqualTo(1);
    }

    @Test
    void memory_is_left_out_without_sockets_to_add() {
        assertThat(Plan.full().hasIdle()).isTrue();
        assertThat(Plan.parse(List.of("--sockets", "0")).hasIdle()).isFalse();
        assertThat(Plan.parse(List.of("--sockets", "1000")).hasIdle()).isFalse();
        assertThat(Plan.parse(List.of("--sockets", "1001")).hasIdle()).isTrue();
        assertThat(Plan.parse(List.of("--runs", "0")).hasIdle()).isFalse();
    }

    @Test
    void refuses_what_it_does_not_understand() {
        assertThatThrownBy(() -> Plan.parse(List.of("--client", "1")))
                .hasMessage("unknown option --client");
        for (var number : List.of("", "-1", "x", "100000")) {
            assertThatThrownBy(() -> Plan.parse(List.of("--runs", number)))
                    .hasMessage("--runs needs a number");
        }
        assertThatThrownBy(() -> Plan.parse(List.of("--runs"))).hasMessageContaining("--runs");
        assertThatThrownBy(() -> Plan.parse(List.of("--clients", "0")))
                .hasMessageContaining("clients");
    }
}
