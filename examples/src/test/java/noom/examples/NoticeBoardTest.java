// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NoticeBoardTest {
    @RegisterExtension
    final RunningExample example =
            new RunningExample(vertx -> NoticeBoard.start(vertx, Arguments.anyPort()));

    @Test
    void a_notice_goes_to_who_follows_its_room() throws Exception {
        var cook = example.browser();
        var gardener = example.browser();
        assertThat(cook.ask("enter", "kitchen")).isEqualTo("[]");
        assertThat(gardener.ask("enter", "garden")).isEqualTo("[]");

        assertThat(publish("garden", "roses")).isEqualTo(201);
        assertThat(publish("kitchen", "soup")).isEqualTo(201);

        assertThat(gardener.event("notice")).startsWith("[\"notice\",1,\"garden\",\"roses\"");
        assertThat(cook.event("notice")).startsWith("[\"notice\",2,\"kitchen\",\"soup\"");
    }

    @Test
    void who_leaves_a_room_hears_no_more_of_it() throws Exception {
        var cook = example.browser();
        cook.ask("enter", "kitchen");
        cook.ask("enter", "garden");
        cook.ask("leave", "kitchen");

        publish("kitchen", "soup");
        publish("garden", "roses");

        assertThat(cook.event("notice")).startsWith("[\"notice\",2,\"garden\"");
    }

    @Test
    void rooms_and_texts_that_do_not_fit_are_refused() throws Exception {
        var cook = example.browser();

        assertThat(cook.ask("enter", "cellar")).isEqualTo("[{\"error\":\"no-room\"}]");
        assertThat(publish("cellar", "wine")).isEqualTo(400);
        assertThat(publish("kitchen", " ")).isEqualTo(400);
        assertThat(publish("kitchen", "x".repeat(1_025))).isEqualTo(400);
        assertThat(publish("kitchen", "x".repeat(1_024))).isEqualTo(201);
    }

    private int publish(String room, String text) throws Exception {
        return example.ask(HttpMethod.POST, "/notices?room=" + room, text).status();
    }
}
