// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Whether a library that was found does what the platform does, before any packet is trusted to
/// it: the same bytes for all kinds of lengths, and nothing written beside what it was given.
final class KnownAnswers {
    /// Around the blocks of 16 bytes, and of 48 blocks, that AES-GCM is computed in.
    private static final int[] BODY_BYTES = {
        0, 1, 15, 16, 17, 33, 100, 255, 256, 257, 767, 768, 769, 1_100
    };

    private static final int[] ASSOCIATED_BYTES = {0, 8, 12, 13, 20, 32, 33, 84};
    private static final int MORE_THAN_ENOUGH_BYTES = 4_096;
    private static final byte UNTOUCHED = 0x5A;

    private final IpsecMb library;
    private final RandomGenerator random = new SplittableRandom(1);
    private final byte[] keyBytes = bytes(SrtpProfile.KEY_BYTES);
    private final MemorySegment memory;
    private final IpsecMb.Key key;

    private KnownAnswers(IpsecMb library) {
        this.library = library;
        memory = Arena.ofAuto().allocate(MORE_THAN_ENOUGH_BYTES, IpsecMb.ALIGNMENT_BYTES);
        memory.fill(UNTOUCHED);
        key = library.prepare(keyBytes, memory);
    }

    static boolean areGivenBy(IpsecMb library) {
        var questions = new KnownAnswers(library);
        if (!questions.isUntouchedFrom(IpsecMb.KEY_DATA_BYTES)) {
            return false;
        }
        // Not each with each: the platform is slow while it is cold, and somebody waits.
        for (int i = 0; i < 2 * BODY_BYTES.length; i++) {
            int bodyBytes = BODY_BYTES[i % BODY_BYTES.length];
            if (!questions.isAnswered(bodyBytes, ASSOCIATED_BYTES[i % ASSOCIATED_BYTES.length])) {
                return false;
            }
        }
        return questions.isUntouchedFrom(IpsecMb.MEMORY_BYTES);
    }

    /// A structure is that of another version if more is written.
    private boolean isUntouchedFrom(int offset) {
        var beside = memory.asSlice(offset).toArray(JAVA_BYTE);
        var untouched = new byte[beside.length];
        Arrays.fill(untouched, UNTOUCHED);
        return Arrays.equals(beside, untouched);
    }

    private boolean isAnswered(int bodyBytes, int associatedBytes) {
        byte[] iv = bytes(IpsecMb.IV_BYTES);
        byte[] associated = bytes(associatedBytes);
        byte[] plain = bytes(bodyBytes);
        byte[] expected = platform(iv, associated, plain);

        var sealed = new byte[bodyBytes + IpsecMb.TAG_BYTES];
        var body = MemorySegment.ofArray(sealed).asSlice(0, bodyBytes);
        var tag = MemorySegment.ofArray(sealed).asSlice(bodyBytes);
        var ivSegment = MemorySegment.ofArray(iv);
        var associatedSegment = MemorySegment.ofArray(associated);
        library.encrypt(key, ivSegment, associatedSegment, MemorySegment.ofArray(plain), body, tag);
        if (!Arrays.equals(sealed, expected)) {
            return false;
        }
        tag.fill((byte) 0);
        library.decrypt(key, ivSegment, associatedSegment, body, body, tag);
        return Arrays.equals(sealed, 0, bodyBytes, plain, 0, bodyBytes)
                && Arrays.equals(
                        sealed, bodyBytes, sealed.length, expected, bodyBytes, expected.length);
    }

    private byte[] platform(byte[] iv, byte[] associated, byte[] plain) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(keyBytes, "AES"),
                    new GCMParameterSpec(8 * IpsecMb.TAG_BYTES, iv));
            cipher.updateAAD(associated);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/GCM", e);
        }
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
