// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import com.tngtech.archunit.core.domain.JavaClasses;
import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN = HouseRules.mainClasses();

    @Test
    void the_module_obeys_the_house() {
        HouseRules.checkModule(MAIN, "noom.socketio.vertx");
    }

    @Test
    void only_the_registry_the_loops_and_the_handler_queue_are_shared() {
        HouseRules.checkSingleOwner(
                MAIN, "noom.socketio.vertx", "EngineHandler", "VertxLoop", "HandlerThread");
    }
}
