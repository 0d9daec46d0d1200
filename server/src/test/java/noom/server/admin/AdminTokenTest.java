// SPDX-License-Identifier: Apache-2.0
package noom.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    private final SecureRandom random = new SecureRandom();
    @TempDir private Path folder;

    private String kept() throws IOException {
        return Files.readString(folder.resolve(AdminToken.FILE)).strip();
    }

    @Test
    void it_is_made_once_and_only_its_owner_reads_it() throws IOException {
        AdminToken.in(folder, random);
        String first = kept();

        var again = AdminToken.in(folder, random);

        assertThat(first).matches("[A-Za-z0-9_-]{32}").isEqualTo(kept());
        assertThat(again.isShownBy("Bearer " + first)).isTrue();
        assertThat(Files.getPosixFilePermissions(folder.resolve(AdminToken.FILE)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void an_own_one_counts_if_it_is_long_enough() throws IOException {
        Files.writeString(folder.resolve(AdminToken.FILE), "sixteen-letters!\n");
        var token = AdminToken.in(folder, random);
        assertThat(token.isShownBy("Bearer sixteen-letters!")).isTrue();
        assertThat(token.isShownBy("Bearer sixteen-letters")).isFalse();
        assertThat(token.isShownBy(null)).isFalse();

        Files.writeString(folder.resolve(AdminToken.FILE), "fifteen-letters");
        assertThatThrownBy(() -> AdminToken.in(folder, random))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("is shorter than 16 characters");
    }
}
