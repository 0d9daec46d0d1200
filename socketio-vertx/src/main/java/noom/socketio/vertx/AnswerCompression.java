// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import noom.socketio.engine.Compression;
import org.jspecify.annotations.Nullable;

/// The body of a long-polling answer: as it is, or compressed where the client asks for it and it
/// is large enough (RFC 9110 sections 8.4.1 and 12.5.3).
final class AnswerCompression {
    private AnswerCompression() {}

    private interface Coding {
        OutputStream over(OutputStream out) throws IOException;
    }

    /// Ends the answer with this body.
    ///
    /// @param accepted the request's `Accept-Encoding`; null if there is none
    static void end(
            HttpServerResponse response,
            String body,
            @Nullable String accepted,
            Compression compression) {
        var plain = body.getBytes(StandardCharsets.UTF_8);
        if (!compression.polling() || plain.length < compression.thresholdBytes()) {
            response.end(Buffer.buffer(plain));
        } else if (accepts(accepted, "gzip")) {
            end(response, "gzip", compressed(plain, GZIPOutputStream::new));
        } else if (accepts(accepted, "deflate")) {
            end(response, "deflate", compressed(plain, DeflaterOutputStream::new));
        } else {
            response.end(Buffer.buffer(plain));
        }
    }

    private static void end(HttpServerResponse response, String coding, byte[] body) {
        response.putHeader("content-encoding", coding).end(Buffer.buffer(body));
    }

    private static byte[] compressed(byte[] plain, Coding coding) {
        var bytes = new ByteArrayOutputStream(plain.length / 4);
        try (var out = coding.over(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /// Whether a coding is named, and not with a weight of zero.
    static boolean accepts(@Nullable String accepted, String coding) {
        if (accepted == null) {
            return false;
        }
        for (var part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            var words = part.split(";", 2);
            if (words[0].strip().equals(coding)) {
                return words.length == 1 || !words[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
