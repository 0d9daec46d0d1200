// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessCostTest {
    @Test
    void times_are_read_after_a_name_that_looks_like_fields() {
        var cpu =
                ProcessCost.parseCpu(
                        "12 (a) 1 2 (b) S 1 12 12 0 -1 4194560 900 7 0 0 1234 56 8 9 20 0 7 0");

        assertThat(cpu).isEqualTo(new ProcessCost.Cpu(12.34, 0.56));
    }

    @Test
    void what_was_used_is_the_difference() {
        var used = new ProcessCost.Cpu(3, 2).minus(new ProcessCost.Cpu(1, 0.5));

        assertThat(used).isEqualTo(new ProcessCost.Cpu(2, 1.5));
    }

    @Test
    void the_resident_set_is_told_in_kibibytes() {
        var status = List.of("Name:\tjava", "VmHWM:\t  99 kB", "VmRSS:\t   12345 kB");

        assertThat(ProcessCost.parseResidentKib(status)).isEqualTo(12_345);
        assertThatThrownBy(() -> ProcessCost.parseResidentKib(List.of("Name:\tzombie")))
                .isInstanceOf(BenchException.class);
    }

    @Test
    void a_living_process_has_both() {
        long pid = ProcessHandle.current().pid();

        assertThat(ProcessCost.cpu(pid).userSeconds()).isPositive();
        assertThat(ProcessCost.residentKib(pid)).isPositive();
    }
}
