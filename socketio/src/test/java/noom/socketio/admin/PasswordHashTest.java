// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private static final int FEW = 10;

    private static PasswordHash hash(String password, int seed) {
        return PasswordHash.of(password, new Random(seed), FEW);
    }

    @Test
    void the_right_password_is_accepted_and_no_other() {
        var hash = hash("correct horse ä", 1);

        assertThat(hash.accepts("correct horse ä")).isTrue();
        for (var wrong : new String[] {"", "correct horse a", "correct horse", "x".repeat(2_000)}) {
            assertThat(hash.accepts(wrong)).as(wrong).isFalse();
        }
    }

    @Test
    void it_is_written_and_read() {
        var text = hash("open", 2).toString();

        assertThat(text).startsWith("pbkdf2-sha512:10:").doesNotContain("open");
        assertThat(PasswordHash.parse(text).accepts("open")).isTrue();
        assertThat(PasswordHash.parse(text).accepts("shut")).isFalse();
    }

    @Test
    void two_hashes_of_one_password_differ() {
        assertThat(hash("open", 3).toString()).isNotEqualTo(hash("open", 4).toString());
    }

    @Test
    void it_is_the_function_of_the_standard() {
        // Made with Python's hashlib.pbkdf2_hmac('sha512', b'password', b'saltsaltsaltsalt', 1000).
        var text =
                "pbkdf2-sha512:1000:c2FsdHNhbHRzYWx0c2FsdA==:"
                        + "715rqIr5dXOVPpBhqqsugl037zT5bWJTWYmZtIcK8hBnisKpwfY7kokvwjDrNHqHhF50Pb7MD6HvkJwiDQw4ww==";

        assertThat(PasswordHash.parse(text).accepts("password")).isTrue();
    }

    @Test
    void the_usual_work_is_what_is_advised() {
        assertThat(PasswordHash.of("open", new Random(5)).toString())
                .startsWith("pbkdf2-sha512:210000:");
    }

    @Test
    void anything_else_is_refused() {
        var parts = hash("open", 6).toString().split(":", -1);
        for (var text :
                new String[] {
                    "",
                    "open",
                    "$2b$10$heqvAkYMez.Va6Et2uXInOnkCT6",
                    "md5:10:" + parts[2] + ":" + parts[3],
                    "pbkdf2-sha512:0:" + parts[2] + ":" + parts[3],
                    "pbkdf2-sha512:99999999:" + parts[2] + ":" + parts[3],
                    "pbkdf2-sha512:ten:" + parts[2] + ":" + parts[3],
                    "pbkdf2-sha512:10:c2FsdA==:" + parts[3],
                    "pbkdf2-sha512:10:" + parts[2] + ":c2FsdA==",
                    "pbkdf2-sha512:10:" + parts[2] + ":not base64"
                }) {
            assertThatThrownBy(() -> PasswordHash.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> hash("", 7)).isInstanceOf(IllegalArgumentException.class);
    }
}
