// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TypeScriptMessagesTest {
    @Test
    void the_page_has_the_types_of_these_records() throws IOException {
        var file = Path.of("..", "web", "src", "protocol", "messages.ts");

        assertThat(Files.readString(file))
                .as("stale: run ./noom fix")
                .isEqualTo(TypeScriptMessages.generate());
    }
}
