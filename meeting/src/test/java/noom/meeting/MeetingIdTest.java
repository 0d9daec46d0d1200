// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MeetingIdTest {
    @Test
    void a_random_id_has_sixteen_characters_that_need_no_escaping_in_a_link() {
        var random = new SplittableRandom(1);
        var seen = new HashSet<MeetingId>();
        for (int i = 0; i < 10_000; i++) {
            var id = MeetingId.random(random);
            assertThat(id.value()).matches("[A-Za-z0-9_-]{16}");
            assertThat(seen.add(id)).isTrue();
        }
    }

    @Test
    void only_that_form_is_read() {
        assertThat(MeetingId.parse("abcdefgh_-123456")).isPresent();
        assertThat(MeetingId.parse("abcdefgh_-12345")).isEmpty();
        assertThat(MeetingId.parse("abcdefgh_-1234567")).isEmpty();
        assertThat(MeetingId.parse("abcdefgh/-123456")).isEmpty();
        assertThat(MeetingId.parse("")).isEmpty();
        assertThatThrownBy(() -> new MeetingId("../../etc/passwd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a meeting id");
    }
}
