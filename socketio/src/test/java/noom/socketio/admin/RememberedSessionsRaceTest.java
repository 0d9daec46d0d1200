// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import java.time.Duration;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

class RememberedSessionsRaceTest {
    @Test
    void sessions_are_kept_and_pushed_out_as_if_one_after_the_other() {
        Races.modelSideBySide(TwoSessions.class);
    }

    /// Two are remembered of three that come.
    @Param(name = "session", gen = IntGen.class, conf = "0:2")
    public static final class TwoSessions {
        private final RememberedSessions sessions =
                new RememberedSessions(Duration.ofSeconds(1), 2);

        @Operation
        public void keep(@Param(name = "session") int session) {
            sessions.keep("s" + session, 0);
        }

        @Operation
        public boolean isKnown(@Param(name = "session") int session) {
            return sessions.isKnown("s" + session, 1).toCompletableFuture().join();
        }
    }
}
