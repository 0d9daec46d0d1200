// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void the_module_obeys_the_house() {
        HouseRules.checkModule(HouseRules.mainClasses(), "noom.socketio.redis");
    }
}
