// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes ids of 144 random bits: 24 characters of the URL-safe base64 alphabet.
///
/// An Engine.IO `sid` is the only credential of polling requests, so the generator must be
/// unpredictable; as safe to share between threads as the generator is.
public final class SessionIds {
    private static final int ID_BYTES = 18;

    private final RandomGenerator random;

    /// @param random unpredictable, such as `SecureRandom`
    public SessionIds(RandomGenerator random) {
        this.random = random;
    }

    /// A new id.
    public String next() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
