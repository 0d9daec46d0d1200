// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineProcessTest {
    @Test
    void an_answer_is_a_line_of_json_of_the_kind_that_was_asked_for() {
        try (var echo = LineProcess.start("echo", List.of("cat"))) {
            assertThat(echo.ask("{\"at\":\"x\",\"n\":7}", "x").getInteger("n")).isEqualTo(7);
            assertThatThrownBy(() -> echo.ask("{\"at\":\"error\"}", "x"))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("error");
        }
    }

    @Test
    void a_program_that_has_ended_does_not_answer() {
        try (var ended = LineProcess.start("nobody", List.of("true"))) {
            assertThatThrownBy(() -> ended.answer("x"))
                    .isInstanceOf(BenchException.class)
                    .hasMessage("nobody ended before it answered.");
        }
    }

    @Test
    void closing_ends_the_program() {
        var echo = LineProcess.start("echo", List.of("cat"));
        var handle = ProcessHandle.of(echo.pid()).orElseThrow();

        echo.close();

        assertThat(handle.isAlive()).isFalse();
    }
}
