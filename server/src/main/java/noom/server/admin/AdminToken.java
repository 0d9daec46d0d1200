// SPDX-License-Identifier: Apache-2.0
package noom.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Who shows it is the operator (RFC 6750 section 2.1). Kept in the data folder, readable by the
/// owner only, and made there at the first start; whoever can read it could read everything else.
public final class AdminToken {
    /// Where it is, in the data folder.
    public static final String FILE = "admin-token";

    private static final String SCHEME = "Bearer ";
    private static final int BYTES = 24;
    private static final int LEAST_CHARS = 16;

    private final byte[] token;

    private AdminToken(byte[] token) {
        this.token = token;
    }

    /// The one that is kept, or a new one.
    ///
    /// @param random unpredictable
    /// @throws IOException when it cannot be kept, or somebody wrote one that is too short
    public static AdminToken in(Path folder, RandomGenerator random) throws IOException {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            var bytes = new byte[BYTES];
            random.nextBytes(bytes);
            String made = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            var owner =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            try (var channel =
                    Files.newByteChannel(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            owner)) {
                channel.write(StandardCharsets.US_ASCII.encode(made + "\n"));
            }
        }
        String kept = Files.readString(file).strip();
        if (kept.length() < LEAST_CHARS) {
            throw new IOException(file + " is shorter than " + LEAST_CHARS + " characters");
        }
        return new AdminToken(kept.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether an `Authorization` header shows it. Takes the same time for all that do not.
    boolean isShownBy(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith(SCHEME)
                && MessageDigest.isEqual(
                        token,
                        authorization.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    }
}
