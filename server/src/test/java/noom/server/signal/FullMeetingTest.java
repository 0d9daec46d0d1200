// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import noom.server.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FullMeetingTest {
    @RegisterExtension private final RunningServer server = new RunningServer("--seats", "2");

    @Test
    void who_comes_when_all_seats_are_taken_hears_it_plainly() {
        String meeting = server.meeting("", false);
        server.page().join(meeting, "Ada");
        assertThat(server.page().join(meeting, "Bob").get("kind").asString()).isEqualTo("joined");

        var refused = server.page().join(meeting, "Cleo");

        assertThat(refused.get("kind").asString()).isEqualTo("refused");
        assertThat(refused.get("code").asString()).isEqualTo("meeting-full");
    }

    @Test
    void the_page_before_joining_knows_how_many_seats_there_are() {
        String meeting = server.meeting("", false);

        assertThat(server.get("/api/meetings/" + meeting).body()).contains("\"seats\":2");
    }
}
