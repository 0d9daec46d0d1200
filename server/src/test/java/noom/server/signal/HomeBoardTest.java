// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import noom.server.RunningServer;
import noom.server.TestPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HomeBoardTest {
    @RegisterExtension private final RunningServer server = new RunningServer();

    private static void waitForCount(TestPage home, int count) throws InterruptedException {
        var meetings = home.next("home:meetings").get("meetings");
        while (meetings.isEmpty() || meetings.get(0).get("peopleCount").asInt() != count) {
            meetings = home.next("home:meetings").get("meetings");
        }
    }

    @Test
    void shows_what_its_maker_chose_to_show_and_counts_live() throws Exception {
        server.meeting("hidden", false);
        var home = server.page();
        home.ask("home:watch", Map.of());
        assertThat(home.next("home:meetings").get("meetings").size()).isZero();

        String shown = server.meeting("Tea", true);
        waitForCount(home, 0);
        var ada = server.page();
        ada.join(shown, "Ada");
        waitForCount(home, 1);
        ada.ask("meeting:leave", Map.of());
        waitForCount(home, 0);
    }

    @Test
    void the_busiest_comes_first() throws Exception {
        String busy = server.meeting("busy", true);
        server.meeting("newer", true);
        var home = server.page();
        server.page().join(busy, "Ada");
        home.ask("home:watch", Map.of());

        assertThat(home.next("home:meetings").at("/meetings/0/title").asString()).isEqualTo("busy");
    }
}
