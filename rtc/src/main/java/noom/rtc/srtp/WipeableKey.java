// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.util.Arrays;
import javax.crypto.SecretKey;

/// A key that can be overwritten, which the platform's `SecretKeySpec` cannot.
final class WipeableKey implements SecretKey {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;
    private final String algorithm;
    private boolean destroyed;

    WipeableKey(byte[] from, int offset, int lengthBytes, String algorithm) {
        this.bytes = Arrays.copyOfRange(from, offset, offset + lengthBytes);
        this.algorithm = algorithm;
    }

    /// A key of zeros, with which a cipher or a MAC is made to forget another.
    static WipeableKey ofZeros(String algorithm) {
        return new WipeableKey(
                new byte[SrtpProfile.KEY_BYTES], 0, SrtpProfile.KEY_BYTES, algorithm);
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        if (destroyed) {
            throw new IllegalStateException("the key was destroyed");
        }
        return bytes.clone();
    }

    @Override
    public void destroy() {
        Arrays.fill(bytes, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }
}
