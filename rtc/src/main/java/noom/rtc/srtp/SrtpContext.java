// SPDX-License-Identifier: Apache-2.0
package noom.rtc.srtp;

/// SRTP and SRTCP with one peer, both ways, from the keys that DTLS agreed upon (RFC 5764 §4.2).
///
/// Owner: whoever created it, usually a media worker; the ciphers inside are reused, so one context
/// serves one thread. Close it with its transport: the keys are overwritten then.
///
/// What the Java platform itself copied of a key is let go of, but only its garbage collector
/// clears it.
public final class SrtpContext implements AutoCloseable {
    /// Longest protected packet, in bytes: what a media worker receives a datagram into.
    public static final int MAX_PACKET_BYTES = 2_048;

    /// SSRCs remembered for each way, for RTP and RTCP each. None gives way to another: who forgot
    /// one would take its old packets for new.
    public static final int MAX_SSRCS = 1_024;

    /// Packets behind the latest one of an SSRC that are still told from replays.
    public static final int REPLAY_WINDOW_PACKETS = ReplayWindow.PACKETS;

    private final SrtpSender sender;
    private final SrtpReceiver receiver;

    /// Which end of the DTLS association this is; the client's keys come first.
    public enum DtlsRole {
        /// Sent the ClientHello.
        CLIENT,
        /// Answered it.
        SERVER
    }

    SrtpContext(SrtpSender sender, SrtpReceiver receiver) {
        this.sender = sender;
        this.receiver = receiver;
    }

    /// Takes what DTLS exported under [SrtpProfile#EXPORTER_LABEL]: client key, server key, client
    /// salt, server salt.
    ///
    /// @param self which end protects with the sender of this context
    /// @param keyingMaterial [SrtpProfile#exporterBytes()] bytes; borrowed, wipe it afterwards
    /// @throws IllegalArgumentException if the material has another length
    public static SrtpContext ofExporter(
            SrtpProfile profile, DtlsRole self, byte[] keyingMaterial) {
        if (keyingMaterial.length != profile.exporterBytes()) {
            throw new IllegalArgumentException(
                    profile + " takes " + profile.exporterBytes() + " bytes of keying material");
        }
        return ofExporter(profile, self, keyingMaterial, new SsrcTable(), 0, new SsrcTable());
    }

    /// One in the middle of its life.
    static SrtpContext ofExporter(
            SrtpProfile profile,
            DtlsRole self,
            byte[] keyingMaterial,
            SsrcTable sent,
            long firstRtcpIndex,
            SsrcTable received) {
        var other = self == DtlsRole.CLIENT ? DtlsRole.SERVER : DtlsRole.CLIENT;
        var outward = sealsOf(profile, AesGcm.best(), self, keyingMaterial);
        var inward = sealsOf(profile, AesGcm.best(), other, keyingMaterial);
        return new SrtpContext(
                new SrtpSender(profile, outward, sent, firstRtcpIndex),
                new SrtpReceiver(profile, inward, received));
    }

    /// Whose AES-GCM seals the packets of this process, for an operator to read.
    ///
    /// That of `libipsec-mb1`, if it is installed, the processor has what it takes, and
    /// `--enable-native-access` allows to call it; else the Java platform's, and always if the
    /// property `noom.rtc.ipsecMb` is `false`.
    public static String aesGcm() {
        return AesGcm.best().describe();
    }

    /// The way out.
    public SrtpSender sender() {
        return sender;
    }

    /// The way in.
    public SrtpReceiver receiver() {
        return receiver;
    }

    /// Overwrites the keys. No packet may be given to either way afterwards.
    @Override
    public void close() {
        sender.close();
        receiver.close();
    }

    /// The seals of what this end writes.
    static PacketSeals sealsOf(SrtpProfile profile, AesGcm gcm, DtlsRole writer, byte[] material) {
        int saltBytes = profile.saltBytes();
        boolean isClient = writer == DtlsRole.CLIENT;
        int keyAt = isClient ? 0 : SrtpProfile.KEY_BYTES;
        int saltAt = 2 * SrtpProfile.KEY_BYTES + (isClient ? 0 : saltBytes);
        try (var derivation = new KeyDerivation(material, keyAt, saltAt, saltBytes)) {
            return PacketSeals.derive(profile, gcm, derivation);
        }
    }
}
