// SPDX-License-Identifier: Apache-2.0
package noom.server.limits;

import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

class SourceLimitRaceTest {
    @Test
    void nobody_gets_more_than_the_burst() {
        Races.model(TwoSources.class);
    }

    @Param(name = "source", gen = IntGen.class, conf = "0:1")
    public static final class TwoSources {
        private final SourceLimit limit = new SourceLimit(1, 2);

        @Operation
        public boolean tryTake(@Param(name = "source") int source) {
            return limit.tryTake("s" + source, 0);
        }
    }
}
