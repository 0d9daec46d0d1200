// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void the_module_obeys_the_rules_of_the_house() {
        HouseRules.checkModule(HouseRules.mainClasses(), "noom.sfu");
    }

    @Test
    void time_and_randomness_are_arguments() {
        HouseRules.checkSansIo(HouseRules.mainClasses(), "noom.sfu..");
    }

    @Test
    void every_object_has_one_owner() {
        HouseRules.checkSingleOwner(HouseRules.mainClasses(), "noom.sfu..");
    }
}
