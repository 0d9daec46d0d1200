// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PropertyTest {
    @Test
    void runs_the_asked_number_of_cases() {
        var runs = new int[1];

        Property.forAll(_ -> runs[0]++);

        assertThat(runs[0]).isEqualTo(Integer.getInteger("property.cases", 1_000));
    }

    @Test
    void names_the_seed_and_the_smallest_size_that_fails() {
        assertThatThrownBy(() -> Property.forAll(c -> assertThat(c.text().length()).isLessThan(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(
                        "replay with -Dproperty\\.seed=\\d+ -Dproperty\\.size=(1\\d|[2-4]\\d)");
    }
}
