// SPDX-License-Identifier: Apache-2.0
package noom.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The web pages of one program: `/` from its template, `/public/…` as it is, all else to `/`.
///
/// A template is HTML with `{{name}}` in it. Values are text: they are escaped on their way in.
final class Pages implements Handler<HttpServerRequest> {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern PUBLIC_FILE =
            Pattern.compile("/public/([a-z0-9-]+\\.(css|js|svg))");
    private static final Map<String, String> MEDIA_TYPES =
            Map.of("css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");

    private final String program;
    private final Map<String, Supplier<String>> values;
    private final String template;

    /// @param program the folder with `home.html` and `public/`
    /// @param values what to put in the place of `{{name}}`, asked at every request
    Pages(String program, Map<String, Supplier<String>> values) {
        this.program = program;
        this.values = values;
        this.template =
                read(program + "/home.html")
                        .orElseThrow(() -> new IllegalStateException(program + " has no page"))
                        .toString(UTF_8);
    }

    @Override
    public void handle(HttpServerRequest request) {
        var response = request.response().putHeader("x-content-type-options", "nosniff");
        if (!request.method().equals(HttpMethod.GET)) {
            response.setStatusCode(405).putHeader("allow", "GET").end();
            return;
        }
        var path = Objects.requireNonNullElse(request.path(), "");
        if (path.equals("/")) {
            response.putHeader("content-type", "text/html; charset=utf-8").end(render());
            return;
        }
        var file = PUBLIC_FILE.matcher(path);
        var content = file.matches() ? publicFile(file.group(1)) : Optional.<Buffer>empty();
        if (content.isPresent()) {
            var type = MEDIA_TYPES.get(file.group(2)) + "; charset=utf-8";
            response.putHeader("content-type", type).end(content.get());
        } else {
            response.setStatusCode(302).putHeader("location", "/").end();
        }
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private String render() {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(
                        found -> {
                            var value = values.get(found.group(1));
                            if (value == null) {
                                throw new IllegalStateException("no value for " + found.group());
                            }
                            return Matcher.quoteReplacement(escape(value.get()));
                        });
    }

    private Optional<Buffer> publicFile(String name) {
        return read(program + "/public/" + name).or(() -> read("look/" + name));
    }

    private static Optional<Buffer> read(String resource) {
        try (var in = Pages.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
