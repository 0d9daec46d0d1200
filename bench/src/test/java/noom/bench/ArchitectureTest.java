// SPDX-License-Identifier: Apache-2.0
package noom.bench;

import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void the_measurements_obey_the_rules_of_the_house() {
        HouseRules.checkModule(HouseRules.mainClasses(), "noom.bench");
    }
}
