// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import noom.meeting.MeetingId;
import noom.server.signal.PageSession.Seat;
import noom.testkit.Races;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/// Whoever seats a page that goes meanwhile finds out; a seat is given back once.
class PageSessionRaceTest {
    @Test
    void a_page_sits_stands_and_goes_as_if_one_after_the_other() {
        Races.model(OnePage.class);
    }

    @Param(name = "person", gen = IntGen.class, conf = "0:1")
    public static final class OnePage {
        private final PageSession page = new PageSession(null);

        private static Seat seat(int person) {
            return new Seat(new MeetingId("abcdefghijklmnop"), "p" + person);
        }

        @Operation
        public boolean sit(@Param(name = "person") int person) {
            return page.sit(seat(person));
        }

        @Operation
        public void stand(@Param(name = "person") int person) {
            page.stand(seat(person));
        }

        @Operation
        public String go() {
            return page.go().map(Seat::personId).orElse("nobody");
        }

        @Operation
        public String seat() {
            return page.seat().map(Seat::personId).orElse("nobody");
        }
    }
}
