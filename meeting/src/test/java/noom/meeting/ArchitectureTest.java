// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void the_module_obeys_the_house() {
        HouseRules.checkModule(HouseRules.mainClasses(), "noom.meeting");
    }

    @Test
    void the_domain_has_no_clock_no_thread_and_no_lock() {
        HouseRules.checkSansIo(HouseRules.mainClasses(), "noom.meeting..");
        HouseRules.checkSingleOwner(HouseRules.mainClasses(), "noom.meeting..");
    }
}
