// SPDX-License-Identifier: Apache-2.0
package noom.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import noom.server.RunningServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The files below `noom/server/page/assets` in the test resources tell by their content which one
/// was sent.
class WebAssetsTest {
    private static final String HASHED = "/assets/sample-A_b-1234.js";

    @RegisterExtension private final RunningServer server = new RunningServer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br, gzip          | br   | hashed, brotli",
                "gzip, deflate, br | br   | hashed, brotli",
                "gzip              | gzip | hashed, gzip",
                "br;q=0, gzip      | gzip | hashed, gzip",
                "deflate           | ''   | hashed, plain",
            })
    void a_browser_gets_the_smallest_form_it_takes(String accepted, String coding, String body) {
        var found = server.get(HASHED, "Accept-Encoding", accepted);

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).endsWith(body);
        assertThat(header(found, "content-encoding")).isEqualTo(coding);
        assertThat(header(found, "vary")).contains("accept-encoding");
        assertThat(header(found, "content-type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void only_a_file_with_a_hash_in_its_name_never_changes() {
        assertThat(header(server.get(HASHED), "cache-control")).contains("immutable");
        assertThat(header(server.get("/assets/sample.svg"), "cache-control")).isEqualTo("no-cache");
        assertThat(header(server.get("/assets/sample.svg"), "content-encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../pom.xml",
                "/%2e%2e/%2e%2e/pom.xml",
                "/..%5c..%5cpom.xml",
                "/assets/..%2f..%2fstore/001-meetings-and-events.sql",
                "/%252e%252e/store/001-meetings-and-events.sql",
                "/assets/..%2fassets%2fsample.svg",
                "/assets/sample.svg%00.js",
                "/assets/sample-A_b-1234.js.br",
                "/assets/",
                "/.hidden",
                "/noom/server/Main.class"
            })
    void nothing_else_can_be_had(String path) {
        assertThat(server.get(path).statusCode()).isIn(400, 404);
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
