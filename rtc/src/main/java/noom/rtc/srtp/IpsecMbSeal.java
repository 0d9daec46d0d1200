// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import noom.rtc.wire.BigEndian;

/// AEAD_AES_128_GCM (RFC 7714) by [IpsecMb]: the same bytes as of [AeadGcmSeal].
///
/// Owner: that of its context. A packet costs no garbage but its segments,
/// which the compiler mostly does away with.
final class IpsecMbSeal implements PacketSeal {
    /// In a constant, as the compiler sees through a handle only there.
    private static final IpsecMb LIBRARY =
            Objects.requireNonNull(IpsecMb.INSTALLED, "no such library on this machine");

    private final boolean isRtcp;
    private final IpsecMb.Key key;
    private final byte[] salt;
    private final byte[] iv = new byte[IpsecMb.IV_BYTES];
    private final byte[] tag = new byte[IpsecMb.TAG_BYTES];
    private final MemorySegment ivSegment = MemorySegment.ofArray(iv);
    private final MemorySegment tagSegment = MemorySegment.ofArray(tag);

    /// What is authenticated of an RTCP packet, in one piece.
    private final byte[] associated;

    /// What was decrypted before it is known whether the tag is right.
    private final byte[] opened = new byte[SrtpContext.MAX_PACKET_BYTES];

    private final MemorySegment openedSegment = MemorySegment.ofArray(opened);

    IpsecMbSeal(byte[] key, byte[] salt, boolean isRtcp) {
        this.key = LIBRARY.prepare(key);
        this.salt = salt.clone();
        this.isRtcp = isRtcp;
        associated = new byte[isRtcp ? SrtpContext.MAX_PACKET_BYTES + SrtcpWord.BYTES : 0];
    }

    @Override
    public void seal(Passage passage) {
        assert passage.tagAt == passage.clearBytes + passage.bodyBytes : "the tag ends the body";
        AeadGcmSeal.putIv(salt, passage, iv);
        int bodyAt = passage.outOffset + passage.clearBytes;
        var out = MemorySegment.ofArray(passage.out);
        LIBRARY.encrypt(
                key,
                ivSegment,
                associated(passage),
                bodyIn(passage),
                out.asSlice(bodyAt, passage.bodyBytes),
                out.asSlice(bodyAt + passage.bodyBytes, IpsecMb.TAG_BYTES));
    }

    @Override
    public boolean open(Passage passage) {
        AeadGcmSeal.putIv(salt, passage, iv);
        LIBRARY.decrypt(
                key,
                ivSegment,
                associated(passage),
                bodyIn(passage),
                openedSegment.asSlice(0, passage.bodyBytes),
                tagSegment);
        int tagAt = passage.inOffset + passage.clearBytes + passage.bodyBytes;
        long difference = // in constant time
                (BigEndian.u64(tag, 0) ^ BigEndian.u64(passage.in, tagAt))
                        | (BigEndian.u64(tag, 8) ^ BigEndian.u64(passage.in, tagAt + 8));
        if (difference != 0) {
            return false;
        }
        System.arraycopy(
                opened, 0, passage.out, passage.outOffset + passage.clearBytes, passage.bodyBytes);
        return true;
    }

    @Override
    public void close() {
        key.wipe();
        Arrays.fill(salt, (byte) 0);
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(tag, (byte) 0);
        Arrays.fill(opened, (byte) 0);
    }

    private static MemorySegment bodyIn(Passage passage) {
        return MemorySegment.ofArray(passage.in)
                .asSlice(passage.inOffset + passage.clearBytes, passage.bodyBytes);
    }

    /// What stays readable; with RTCP also the word, which the packet has elsewhere (§9.2).
    private MemorySegment associated(Passage passage) {
        if (!isRtcp) {
            return MemorySegment.ofArray(passage.in).asSlice(passage.inOffset, passage.clearBytes);
        }
        System.arraycopy(passage.in, passage.inOffset, associated, 0, passage.clearBytes);
        BigEndian.put32(associated, passage.clearBytes, passage.word);
        return MemorySegment.ofArray(associated).asSlice(0, passage.clearBytes + SrtcpWord.BYTES);
    }
}
