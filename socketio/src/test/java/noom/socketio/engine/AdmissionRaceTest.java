// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/// Whoever is let in, refused or counted could have come one after the other.
class AdmissionRaceTest {
    @Test
    void admission_counts_as_if_one_came_after_the_other() {
        Races.model(TwoSources.class);
    }

    /// Three in all, two of one source; one of each is there.
    @Param(name = "source", gen = IntGen.class, conf = "0:1")
    public static final class TwoSources {
        private final Admission admission =
                new Admission(
                        new AdmissionLimits(
                                3, 2, HandshakeRate.UNLIMITED, HandshakeRate.UNLIMITED));

        public TwoSources() {
            admit(0);
            admit(1);
        }

        @Operation
        public boolean admit(@Param(name = "source") int source) {
            return admission.admit("s" + source, 0).isEmpty();
        }

        @Operation(runOnce = true)
        public void releaseOfTheFirst() {
            admission.release("s0", 0);
        }

        @Operation(runOnce = true)
        public void releaseOfTheSecond() {
            admission.release("s1", 0);
        }

        @Operation
        public int sessionCount() {
            return admission.sessionCount();
        }
    }
}
