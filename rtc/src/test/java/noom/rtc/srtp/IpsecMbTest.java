// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// When the library is used, and when not. Programs that stand in for it make the mistakes.
class IpsecMbTest {
    /// `aes_gcm_pre_128`.
    private interface Expand {
        void expand(MemorySegment key, MemorySegment data);
    }

    /// `aes_gcm_enc_128` and `aes_gcm_dec_128`.
    private interface Crypt {
        void crypt(
                MemorySegment data,
                MemorySegment context,
                MemorySegment out,
                MemorySegment in,
                long bytes,
                MemorySegment iv,
                MemorySegment associated,
                long associatedBytes,
                MemorySegment tag,
                long tagBytes);
    }

    /// What is prepared of a key begins with the key.
    private static final Expand EXPAND = (key, data) -> data.copyFrom(key);

    private static final Crypt ENCRYPT =
            (data, _, out, in, bytes, iv, associated, _, tag, _) -> {
                byte[] sealed = seal(data, iv, associated, in);
                out.copyFrom(MemorySegment.ofArray(sealed).asSlice(0, bytes));
                tag.copyFrom(MemorySegment.ofArray(sealed).asSlice(bytes));
            };

    /// Who encrypts once more has the plain bytes, as a key stream is only laid over them.
    private static final Crypt DECRYPT =
            (data, _, out, in, bytes, iv, associated, _, tag, _) -> {
                byte[] plain = seal(data, iv, associated, in);
                out.copyFrom(MemorySegment.ofArray(plain).asSlice(0, bytes));
                tag.copyFrom(MemorySegment.ofArray(seal(data, iv, associated, out)).asSlice(bytes));
            };

    @Test
    void what_a_property_forbids_is_not_used() {
        var before = System.getProperty("noom.rtc.ipsecMb");
        System.setProperty("noom.rtc.ipsecMb", "false");
        try {
            assertThat(IpsecMb.usable()).isEmpty();
        } finally {
            if (before == null) {
                System.clearProperty("noom.rtc.ipsecMb");
            } else {
                System.setProperty("noom.rtc.ipsecMb", before);
            }
        }
    }

    @Test
    void what_is_installed_is_used_in_every_way_that_the_processor_has() {
        var names = IpsecMb.usable().map(IpsecMb::name).toList();

        assertThat(names.isEmpty()).isEqualTo(IpsecMb.INSTALLED == null);
        assertThat(names.isEmpty()).isEqualTo(SrtpPeers.gcms().size() == 1);
        if (IpsecMb.INSTALLED != null) {
            assertThat(names.getFirst()).isEqualTo(IpsecMb.INSTALLED.name());
            assertThat(names.getLast()).endsWith("(AVX2)");
        }
    }

    @Test
    void right_answers_are_taken() {
        assertThat(KnownAnswers.areGivenBy(standIn(EXPAND, ENCRYPT, DECRYPT))).isTrue();
    }

    @Test
    @SuppressWarnings("restricted") // what a program of C may do, whose mistakes these are
    void wrong_answers_are_not() {
        Expand tooFar =
                (key, data) -> {
                    EXPAND.expand(key, data);
                    data.reinterpret(IpsecMb.MEMORY_BYTES)
                            .set(JAVA_BYTE, IpsecMb.KEY_DATA_BYTES, (byte) 1);
                };
        Crypt beside =
                (data, context, out, in, bytes, iv, associated, more, tag, tagBytes) -> {
                    ENCRYPT.crypt(
                            data, context, out, in, bytes, iv, associated, more, tag, tagBytes);
                    long end = context.byteSize();
                    context.reinterpret(end + 1).set(JAVA_BYTE, end, (byte) 1);
                };
        Crypt nothing = (_, _, _, _, _, _, _, _, _, _) -> {};
        Crypt headerLess =
                (data, context, out, in, bytes, iv, _, _, tag, tagBytes) ->
                        ENCRYPT.crypt(
                                data, context, out, in, bytes, iv, bytes(0), 0, tag, tagBytes);
        Crypt tagLess =
                (data, context, out, in, bytes, iv, associated, associatedBytes, _, tagBytes) ->
                        DECRYPT.crypt(
                                data,
                                context,
                                out,
                                in,
                                bytes,
                                iv,
                                associated,
                                associatedBytes,
                                bytes(IpsecMb.TAG_BYTES),
                                tagBytes);

        for (var wrong :
                List.of(
                        standIn(tooFar, ENCRYPT, DECRYPT),
                        standIn(EXPAND, beside, DECRYPT),
                        standIn(EXPAND, nothing, DECRYPT),
                        standIn(EXPAND, headerLess, DECRYPT),
                        standIn(EXPAND, ENCRYPT, nothing),
                        standIn(EXPAND, ENCRYPT, tagLess))) {
            assertThat(KnownAnswers.areGivenBy(wrong)).isFalse();
        }
    }

    @Test
    void a_key_that_was_prepared_can_be_wiped() {
        var seen = new MemorySegment[1];
        var library =
                standIn(
                        (key, data) -> {
                            seen[0] = data;
                            data.fill((byte) 7);
                        },
                        ENCRYPT,
                        DECRYPT);

        library.prepare(new byte[SrtpProfile.KEY_BYTES]).wipe();

        assertThat(seen[0].toArray(JAVA_BYTE)).hasSize(IpsecMb.KEY_DATA_BYTES).containsOnly(0);
    }

    @Test
    void nothing_reaches_the_library_that_has_the_wrong_length() {
        var library = standIn(EXPAND, ENCRYPT, DECRYPT);
        var key = library.prepare(new byte[16]);
        var good = new int[] {12, 20, 20, 16};
        assertThatThrownBy(() -> library.prepare(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class);
        for (int i = 0; i < good.length; i++) {
            for (int change : new int[] {-1, 1}) {
                var lengths = good.clone();
                lengths[i] += change;
                assertThatThrownBy(
                                () ->
                                        library.encrypt(
                                                key,
                                                bytes(lengths[0]),
                                                bytes(12),
                                                bytes(lengths[1]),
                                                bytes(lengths[2]),
                                                bytes(lengths[3])))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static MemorySegment bytes(int count) {
        return MemorySegment.ofArray(new byte[count]);
    }

    private static IpsecMb standIn(Expand expand, Crypt encrypt, Crypt decrypt) {
        return new IpsecMb(
                "stand-in",
                handle(Expand.class, expand),
                handle(Crypt.class, encrypt),
                handle(Crypt.class, decrypt));
    }

    private static <T> MethodHandle handle(Class<T> shape, T program) {
        try {
            var only = shape.getDeclaredMethods()[0];
            return MethodHandles.lookup().unreflect(only).bindTo(program);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] seal(
            MemorySegment data, MemorySegment iv, MemorySegment associated, MemorySegment in) {
        try {
            var key = data.asSlice(0, SrtpProfile.KEY_BYTES).toArray(JAVA_BYTE);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(8 * IpsecMb.TAG_BYTES, iv.toArray(JAVA_BYTE)));
            cipher.updateAAD(associated.toArray(JAVA_BYTE));
            return cipher.doFinal(in.toArray(JAVA_BYTE));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
