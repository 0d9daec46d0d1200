// SPDX-License-Identifier: Apache-2.0
package noom.socketio.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The official browser client, served as files with a quoted ETag (RFC 9110 section 8.8.3). Read
/// once, then immutable: any number of handlers may share it.
public final class ClientBundle {
    private static final List<String> NAMES =
            List.of(
                    "socket.io.js",
                    "socket.io.js.map",
                    "socket.io.min.js",
                    "socket.io.min.js.map",
                    "socket.io.esm.min.js",
                    "socket.io.esm.min.js.map",
                    "socket.io.msgpack.min.js",
                    "socket.io.msgpack.min.js.map");

    private final Map<String, BundleFile> files;

    private record BundleFile(String contentType, String etag, Buffer content) {}

    private interface Source {
        @Nullable InputStream open(String name) throws IOException;
    }

    private ClientBundle(Source source) {
        var found = new HashMap<String, BundleFile>();
        for (var name : NAMES) {
            try (var stream = source.open(name)) {
                if (stream != null) {
                    found.put(name, file(name, stream.readAllBytes()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + name, e);
            }
        }
        files = Map.copyOf(found);
    }

    /// The files packed into this module's jar; empty if it was built without them. Blocks.
    public static ClientBundle packed() {
        return new ClientBundle(name -> ClientBundle.class.getResourceAsStream("client/" + name));
    }

    /// The files of a directory, such as `node_modules/socket.io-client/dist`. Blocks.
    ///
    /// @throws UncheckedIOException if a file is there but cannot be read
    public static ClientBundle of(Path directory) {
        return new ClientBundle(
                name -> {
                    var path = directory.resolve(name);
                    return Files.exists(path) ? Files.newInputStream(path) : null;
                });
    }

    /// Nothing is served.
    public static ClientBundle none() {
        return new ClientBundle(_ -> null);
    }

    /// Whether there is nothing to serve.
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /// Serves a file of the bundle.
    ///
    /// @param name the path below the mount point
    /// @return false if it is no file of the bundle
    boolean serve(HttpServerRequest request, String name) {
        var file = files.get(name);
        boolean read =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (file == null || !read) {
            return false;
        }
        var response =
                request.response()
                        .putHeader("cache-control", "public, max-age=0")
                        .putHeader("etag", file.etag);
        var known = request.headers().get("if-none-match");
        if (file.etag.equals(known) || ("W/" + file.etag).equals(known)) {
            response.setStatusCode(304).end();
        } else {
            response.putHeader("content-type", file.contentType).end(file.content);
        }
        return true;
    }

    private static BundleFile file(String name, byte[] content) {
        var type =
                name.endsWith(".map")
                        ? "application/json"
                        : "application/javascript; charset=utf-8";
        return new BundleFile(type, '"' + digest(content) + '"', Buffer.buffer(content));
    }

    private static String digest(byte[] content) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
