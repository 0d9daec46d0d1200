// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class IceSignallingTest {
    private static void refused(ThrowingCallable construction) {
        assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void credentials_have_a_range() {
        var password = "p".repeat(22);
        assertThat(new IceCredentials("abcd", password).ufrag()).isEqualTo("abcd");
        assertThat(new IceCredentials("u".repeat(256), "p".repeat(256)).password()).hasSize(256);
        refused(() -> new IceCredentials("abc", password));
        refused(() -> new IceCredentials("u".repeat(257), password));
        refused(() -> new IceCredentials("ab:d", password));
        refused(() -> new IceCredentials("abcd", "p".repeat(21)));
        refused(() -> new IceCredentials("abcd", "p".repeat(257)));
    }

    @Test
    void random_credentials_are_all_different_and_legal() {
        var random = new Random(7);
        var seen = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            var made = IceCredentials.random(random);
            assertThat(seen.add(made.ufrag()) && seen.add(made.password())).isTrue();
        }
    }

    @Test
    void a_password_is_not_shown() {
        var made = IceCredentials.random(new Random(1));

        assertThat(made.toString()).contains(made.ufrag()).doesNotContain(made.password());
    }

    @Test
    void the_first_choice_has_the_highest_priority() {
        var first = HostCandidate.ofChoice(0, "192.0.2.1", 3_000);
        var second = HostCandidate.ofChoice(1, "2001:db8::1", 3_000);

        assertThat(first.priority()).isEqualTo(2_130_706_431L);
        assertThat(second.priority()).isEqualTo(2_130_706_431L - 256);
        assertThat(first.foundation()).isNotEqualTo(second.foundation());
    }

    @Test
    void candidates_have_a_range() {
        assertThat(HostCandidate.ofChoice(65_535, "a", 65_535).priority()).isPositive();
        refused(() -> HostCandidate.ofChoice(65_536, "a", 1));
        refused(() -> HostCandidate.ofChoice(-1, "a", 1));
        refused(() -> HostCandidate.ofChoice(0, "a", 0));
        refused(() -> HostCandidate.ofChoice(0, "a", 65_536));
        refused(() -> new HostCandidate("f", 0, "a", 1));
        refused(() -> new HostCandidate("f", 1L << 31, "a", 1));
    }
}
