// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.DtlsFailure;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.dtls.KeyExchangeStandIn;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.ScriptedPeer;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.rtp.RtpWriter;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/// A browser that does what a test says, with the transport that it talks to. What the transport
/// sends arrives at once; what the browser sends is delivered by the test.
final class ScriptedBrowser implements PeerTransport.Sink {
    static final Fingerprint OURS = Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {1});
    static final Fingerprint THEIRS = Fingerprint.of(Fingerprint.Algorithm.SHA_256, new byte[] {2});
    static final InetSocketAddress HOME = ScriptedPeer.address(1);
    static final InetSocketAddress CAFE = ScriptedPeer.address(2);

    final ScriptedPeer checks = new ScriptedPeer();
    final List<String> heard = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    final List<byte[]> wire = new ArrayList<>();
    final PeerTransport transport;
    final SrtpProfile profile;
    IceCredentials credentials = IceCredentials.random(new Random(1));
    long nowNanos = Duration.ofHours(3).toNanos();
    private final Random random = new Random(3);
    private final List<byte[]> flight = new ArrayList<>();
    private @Nullable DtlsEndpoint dtls;
    private @Nullable SrtpContext srtp;

    ScriptedBrowser(SrtpProfile profile) {
        this.profile = profile;
        var opener = KeyExchangeStandIn.server(OURS, profile, random);
        transport = new PeerTransport(credentials, opener, this);
    }

    /// One that is connected, from [#HOME].
    static ScriptedBrowser connected(SrtpProfile profile) {
        var browser = new ScriptedBrowser(profile);
        browser.transport.connect(THEIRS, browser.nowNanos);
        browser.check(HOME);
        browser.shakeHands(HOME);
        browser.heard.clear();
        browser.wire.clear();
        return browser;
    }

    void deliver(byte[] datagram, InetSocketAddress from) {
        transport.receive(ByteBuffer.wrap(datagram), from, nowNanos);
    }

    void check(InetSocketAddress from, ScriptedPeer.Attribute... more) {
        deliver(checks.check(credentials, more), from);
    }

    /// Says hello, and delivers what there is to say.
    void shakeHands(InetSocketAddress from) {
        for (var datagram : hello(THEIRS)) {
            deliver(datagram, from);
        }
    }

    /// Its first flight, not delivered.
    List<byte[]> hello(Fingerprint own) {
        dtls = KeyExchangeStandIn.client(own, OURS, profile, random, new FromDtls(), nowNanos);
        var hello = List.copyOf(flight);
        flight.clear();
        return hello;
    }

    /// Its goodbye, not delivered.
    byte[] goodbye() {
        dtls.close();
        return flight.removeLast();
    }

    /// A protected packet, not delivered.
    byte[] rtp(int seq) {
        return protectedRtp(plainRtp(seq));
    }

    static byte[] plainRtp(int seq) {
        var plain = new byte[100];
        int bytes =
                new RtpWriter()
                        .begin(96, false, seq, 3_000L * seq, 0xABCD)
                        .payload(new byte[] {1, 2, 3, (byte) seq}, 0, 4)
                        .writeTo(plain, 0);
        return Arrays.copyOf(plain, bytes);
    }

    byte[] protectedRtp(byte[] plain) {
        var into = new byte[plain.length + profile.rtpOverheadBytes()];
        srtp.sender().protectRtp(plain, 0, plain.length, into, 0);
        return into;
    }

    byte[] protectedRtcp(byte[] plain) {
        var into = new byte[plain.length + profile.rtcpOverheadBytes()];
        srtp.sender().protectRtcp(plain, 0, plain.length, into, 0);
        return into;
    }

    /// A packet for the transport to send.
    static RtpPacket packet(int seq) {
        var packet = new RtpPacket();
        if (!packet.wrap(plainRtp(seq))) {
            throw new AssertionError(packet.refusal());
        }
        return packet;
    }

    void pass(Duration time) {
        nowNanos += time.toNanos();
        if (nowNanos >= transport.nextDeadlineNanos()) {
            transport.advance(nowNanos);
        }
    }

    List<String> takeHeard() {
        var taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    List<String> takeReceived() {
        var taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    @Override
    public void transmit(ByteBuffer datagram, InetSocketAddress to) {
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        wire.add(bytes);
        switch (Demux.of(bytes, 0, bytes.length)) {
            case STUN -> received.add("answer at " + to.getPort());
            case DTLS -> {
                received.add("dtls at " + to.getPort());
                if (dtls != null) {
                    dtls.receive(ByteBuffer.wrap(bytes), nowNanos);
                }
            }
            case RTP -> received.add(opened(bytes) + " at " + to.getPort());
            case RTCP -> received.add(openedRtcp(bytes) + " at " + to.getPort());
            case OTHER -> throw new AssertionError("nothing that anyone speaks");
        }
    }

    private String opened(byte[] sealed) {
        var plain = new byte[sealed.length];
        int bytes = srtp.receiver().unprotectRtp(sealed, 0, sealed.length, plain, 0);
        var packet = new RtpPacket();
        return packet.wrap(Arrays.copyOf(plain, bytes)) ? "rtp " + packet.seq() : "no rtp";
    }

    private String openedRtcp(byte[] sealed) {
        var plain = new byte[sealed.length];
        int bytes = srtp.receiver().unprotectRtcp(sealed, 0, sealed.length, plain, 0);
        return "rtcp of " + bytes;
    }

    @Override
    public void onRtp(RtpPacket packet) {
        heard.add("rtp " + packet.seq());
    }

    @Override
    public void onRtcp(List<Rtcp> packets) {
        packets.forEach(packet -> heard.add(packet.getClass().getSimpleName()));
    }

    @Override
    public void onEvent(TransportEvent event) {
        heard.add(
                switch (event) {
                    case TransportEvent.IceStateChanged(var state) -> state.name();
                    case TransportEvent.PathFound(var remote) -> "found " + remote.getPort();
                    case TransportEvent.PathLost(var remote) -> "lost " + remote.getPort();
                    case TransportEvent.PathSelected(var remote) -> "selected " + remote.getPort();
                    case TransportEvent.DtlsConnected(var agreed) -> "keys of " + agreed;
                    case TransportEvent.DtlsFailed(var reason) -> "failed " + reason;
                    case TransportEvent.DtlsClosed() -> "goodbye";
                });
    }

    private final class FromDtls implements DtlsEndpoint.Sink {
        @Override
        public void transmit(ByteBuffer datagram) {
            var bytes = new byte[datagram.remaining()];
            datagram.get(bytes);
            flight.add(bytes);
        }

        @Override
        public void onConnected(SrtpProfile agreed, byte[] keyingMaterial) {
            srtp = SrtpContext.ofExporter(agreed, DtlsRole.CLIENT, keyingMaterial);
        }

        @Override
        public void onFailed(DtlsFailure reason) {
            heard.add("browser failed " + reason);
        }

        @Override
        public void onClosed() {
            heard.add("browser heard goodbye");
        }
    }
}
