// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import org.jspecify.annotations.Nullable;

/// Two ends of one association: the client protects, the server opens.
final class SrtpPeers {
    final SrtpContext client;
    final SrtpContext server;
    final SrtpProfile profile;

    SrtpPeers(SrtpProfile profile) {
        this(profile, new SsrcTable(), 0, new SsrcTable());
    }

    private SrtpPeers(SrtpProfile profile, SsrcTable sent, long rtcpIndex, SsrcTable received) {
        this.profile = profile;
        byte[] material = material(profile);
        client =
                SrtpContext.ofExporter(
                        profile, DtlsRole.CLIENT, material, sent, rtcpIndex, new SsrcTable());
        server =
                SrtpContext.ofExporter(
                        profile, DtlsRole.SERVER, material, new SsrcTable(), 0, received);
    }

    /// One who hears what it says, with keys that may have been in use before.
    SrtpPeers(SrtpProfile profile, SrtpSender sender, SrtpReceiver receiver) {
        this.profile = profile;
        client = new SrtpContext(sender, receiver);
        server = client;
    }

    /// One who hears what it says, sealed by this one.
    SrtpPeers(SrtpProfile profile, AesGcm gcm) {
        this(
                profile,
                new SrtpSender(profile, seals(profile, gcm), new SsrcTable(), 0),
                new SrtpReceiver(profile, seals(profile, gcm), new SsrcTable()));
    }

    /// Both have the packet with this index behind them.
    static SrtpPeers after(SrtpProfile profile, int ssrc, long index) {
        var sent = new SsrcTable();
        var received = new SsrcTable();
        sent.mark(ssrc, index);
        received.mark(ssrc, index);
        return new SrtpPeers(profile, sent, 0, received);
    }

    /// The client goes on with this index of SRTCP.
    static SrtpPeers beforeRtcp(SrtpProfile profile, long index) {
        return new SrtpPeers(profile, new SsrcTable(), index, new SsrcTable());
    }

    /// All that can seal here. What is installed is expected to, but on an old processor.
    static List<AesGcm> gcms() {
        try {
            boolean isExpected =
                    Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/libIPSec_MB.so.1"))
                            && Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 ");
            return isExpected ? List.of(AesGcm.values()) : List.of(AesGcm.PLATFORM);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Keying material that counts from zero: a client key of 00 to 0f, a client salt from 20 on.
    static byte[] material(SrtpProfile profile) {
        var material = new byte[profile.exporterBytes()];
        for (int i = 0; i < material.length; i++) {
            material[i] = (byte) i;
        }
        return material;
    }

    /// What the client protects with.
    static PacketSeals seals(SrtpProfile profile, AesGcm gcm) {
        return SrtpContext.sealsOf(profile, gcm, DtlsRole.CLIENT, material(profile));
    }

    static byte[] hex(String spaced) {
        return HexFormat.of().parseHex(spaced.replaceAll("\\s", ""));
    }

    static byte[] rtp(int ssrc, int seq) {
        return ByteBuffer.allocate(32)
                .putShort((short) 0x8060)
                .putShort((short) seq)
                .putInt(90_000 * seq)
                .putInt(ssrc)
                .putInt(seq)
                .array();
    }

    static byte[] rtcp(int ssrc) {
        return ByteBuffer.allocate(12).putInt(0x81CE0002).putInt(ssrc).putInt(~ssrc).array();
    }

    /// What the client sends for a packet, or null if it refuses.
    byte @Nullable [] protectRtp(byte[] plain) {
        var into = new byte[plain.length + profile.rtpOverheadBytes()];
        int bytes = client.sender().protectRtp(plain, 0, plain.length, into, 0);
        return bytes == SrtpSender.REFUSED ? null : into;
    }

    byte @Nullable [] protectRtcp(byte[] plain) {
        var into = new byte[plain.length + profile.rtcpOverheadBytes()];
        int bytes = client.sender().protectRtcp(plain, 0, plain.length, into, 0);
        return bytes == SrtpSender.REFUSED ? null : into;
    }

    /// What the server makes of it, or null if it refuses; fails if a refusal left a trace.
    byte @Nullable [] unprotectRtp(byte[] sealed) {
        var packet = sealed.clone();
        int bytes = server.receiver().unprotectRtp(packet, 0, packet.length, packet, 0);
        return result(sealed, packet, bytes);
    }

    byte @Nullable [] unprotectRtcp(byte[] sealed) {
        var packet = sealed.clone();
        int bytes = server.receiver().unprotectRtcp(packet, 0, packet.length, packet, 0);
        return result(sealed, packet, bytes);
    }

    /// Why the server does not take an RTP packet, or null if it does.
    @Nullable SrtpDrop rtpFault(byte[] sealed) {
        return unprotectRtp(sealed) == null ? server.receiver().refusal() : null;
    }

    @Nullable SrtpDrop rtcpFault(byte[] sealed) {
        return unprotectRtcp(sealed) == null ? server.receiver().refusal() : null;
    }

    private byte @Nullable [] result(byte[] sealed, byte[] packet, int bytes) {
        if ((bytes == SrtpReceiver.REFUSED) != (server.receiver().refusal() != null)) {
            throw new AssertionError("length and refusal disagree");
        }
        if (bytes != SrtpReceiver.REFUSED) {
            return Arrays.copyOf(packet, bytes);
        }
        if (!Arrays.equals(packet, sealed)) {
            throw new AssertionError("a refused packet was written to");
        }
        return null;
    }
}
