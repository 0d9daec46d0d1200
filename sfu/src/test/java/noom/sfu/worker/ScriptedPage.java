// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import noom.rtc.Demux;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtcp.CompoundReader;
import noom.rtc.rtcp.CompoundWriter;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import org.jspecify.annotations.Nullable;

/// The page's end of one transport: checks, keys that are simply given to both ends, and media.
final class ScriptedPage {
    static final Fingerprint FINGERPRINT =
            Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {1});
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_128_GCM;

    final InetSocketAddress address;
    final List<RtpPacket> media = new ArrayList<>();
    final List<Rtcp> control = new ArrayList<>();
    int answers;
    private final byte[] keys = new byte[PROFILE.exporterBytes()];
    private final SrtpContext srtp;
    private int checks;

    ScriptedPage(int port) {
        try {
            var host = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
            address = new InetSocketAddress(host, port);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
        new SplittableRandom(port).nextBytes(keys);
        srtp = SrtpContext.ofExporter(PROFILE, DtlsRole.CLIENT, keys.clone());
    }

    /// What stands for the handshake: the worker's end gets the keys when the page says so.
    static final class Keys implements DtlsEndpoint {
        private final Sink sink;

        Keys(Sink sink) {
            this.sink = sink;
        }

        @Override
        public boolean receive(ByteBuffer datagram, long nowNanos) {
            var material = new byte[datagram.remaining() - 1];
            datagram.duplicate().position(datagram.position() + 1).get(material);
            sink.onConnected(PROFILE, material);
            return true;
        }

        @Override
        public void advance(long nowNanos) {}

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {}
    }

    /// A check that nominates.
    byte[] check(IceCredentials credentials) {
        return check(credentials.ufrag(), credentials.password());
    }

    byte[] check(String ufrag, String password) {
        var id = new byte[StunMessage.TRANSACTION_ID_BYTES];
        id[0] = (byte) ++checks;
        return new StunWriter()
                .begin(StunMessage.BINDING_REQUEST, id)
                .attribute(StunAttribute.USERNAME, (ufrag + ":page").getBytes(UTF_8))
                .attribute(StunAttribute.ICE_CONTROLLING, new byte[8])
                .attribute(StunAttribute.PRIORITY, new byte[] {110, 0, 1, (byte) 255})
                .attribute(StunAttribute.USE_CANDIDATE)
                .messageIntegrity(MessageIntegrity.ofShortTerm(password))
                .fingerprint()
                .toBytes();
    }

    /// One byte that looks like DTLS, and the keys.
    byte[] hello() {
        var hello = new byte[1 + keys.length];
        hello[0] = 22;
        System.arraycopy(keys, 0, hello, 1, keys.length);
        return hello;
    }

    byte[] sealed(RtpPacket packet) {
        var into = new byte[SrtpContext.MAX_PACKET_BYTES];
        int bytes =
                srtp.sender()
                        .protectRtp(packet.array(), packet.offset(), packet.lengthBytes(), into, 0);
        return Arrays.copyOf(into, bytes);
    }

    byte[] sealed(Rtcp... packets) {
        var plain = new byte[CompoundWriter.DEFAULT_LIMIT_BYTES];
        var writer = new CompoundWriter().begin(plain, 0, plain.length);
        for (var packet : packets) {
            writer.add(packet);
        }
        var into = new byte[SrtpContext.MAX_PACKET_BYTES];
        int bytes = srtp.sender().protectRtcp(plain, 0, writer.lengthBytes(), into, 0);
        return Arrays.copyOf(into, bytes);
    }

    /// What the worker sent here.
    void hear(byte[] datagram) {
        var plain = new byte[SrtpContext.MAX_PACKET_BYTES];
        switch (Demux.of(datagram, 0, datagram.length)) {
            case STUN -> answers++;
            case RTP -> {
                int bytes = srtp.receiver().unprotectRtp(datagram, 0, datagram.length, plain, 0);
                var packet = new RtpPacket();
                if (bytes < 0 || !packet.wrap(Arrays.copyOf(plain, bytes))) {
                    throw new AssertionError("not media for this page: " + reason());
                }
                media.add(packet);
            }
            case RTCP -> {
                int bytes = srtp.receiver().unprotectRtcp(datagram, 0, datagram.length, plain, 0);
                var reader = new CompoundReader();
                if (bytes < 0 || !reader.read(plain, 0, bytes)) {
                    throw new AssertionError("not control for this page: " + reason());
                }
                control.addAll(reader.packets());
            }
            case DTLS, OTHER -> throw new AssertionError("unexpected");
        }
    }

    private @Nullable Object reason() {
        return srtp.receiver().refusal();
    }

    <T extends Rtcp> List<T> control(Class<T> kind) {
        return control.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
