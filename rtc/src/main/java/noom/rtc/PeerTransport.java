// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.DtlsFailure;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.IceLite;
import noom.rtc.ice.IceState;
import noom.rtc.rtcp.CompoundReader;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;
import noom.rtc.srtp.SrtpReceiver;
import noom.rtc.srtp.SrtpSender;
import org.jspecify.annotations.Nullable;

/// One peer: ICE, DTLS and SRTP joined. No socket, no thread, no clock.
///
/// ```
///          connect              keys              goodbye of the peer
///    NEW ──────────► CONNECTING ────► CONNECTED ──────────────────────► ENDED
///                        └─── no keys ──► FAILED              close: CLOSED, from anywhere
/// ```
/// What comes goes one way: by its first byte to ICE, to the handshake, or through SRTP to the
/// sink. Everything but STUN must come from an address with a valid check, and until there is one
/// nothing is sent at all, so nobody can be flooded through us (RFC 8827 section 9.3) and no
/// stranger can disturb a handshake. What is sent goes where ICE says.
///
/// Owner: the media worker that created it. Buffers are borrowed; a packet is copied nowhere.
public final class PeerTransport {
    /// Longest datagram taken: no path of ours carries more.
    public static final int MAX_DATAGRAM_BYTES = 1_500;

    /// What [#protectRtp] and [#protectRtcp] return instead of a length.
    public static final int REFUSED = -1;

    private final Sink sink;
    private final DtlsEndpoint.Opener opener;
    private final IceLite ice;
    private final TransportStats stats = new TransportStats();
    private final IntakeLimit limit;
    private final EarlyDatagrams early = new EarlyDatagrams();
    private final RtpPacket packet = new RtpPacket();
    private final CompoundReader compound = new CompoundReader();
    private final byte[] in = new byte[MAX_DATAGRAM_BYTES];
    private final ByteBuffer out = ByteBuffer.allocate(SrtpContext.MAX_PACKET_BYTES);
    private TransportState state = TransportState.NEW;
    private @Nullable DtlsEndpoint dtls;
    private @Nullable SrtpProfile profile;
    private @Nullable SrtpContext srtp;
    private @Nullable Intake intake;
    private boolean inSink;

    /// Everything that comes out. A sink must not call the transport that calls it.
    public interface Sink {
        /// Sends a datagram.
        ///
        /// @param datagram borrowed until the call returns
        void transmit(ByteBuffer datagram, InetSocketAddress to);

        /// A media packet, decrypted.
        ///
        /// @param packet borrowed until the call returns
        void onRtp(RtpPacket packet);

        /// The control packets of one datagram, in order, at least one.
        ///
        /// @param packets records to keep, in a list that is borrowed until the call returns
        void onRtcp(List<Rtcp> packets);

        /// Anything else; a record to keep.
        void onEvent(TransportEvent event);
    }

    /// @param credentials those that the peer was told
    /// @param opener where the handshake comes from
    public PeerTransport(IceCredentials credentials, DtlsEndpoint.Opener opener, Sink sink) {
        this(credentials, opener, IntakeLimit.STANDARD, sink);
    }

    /// @param credentials those that the peer was told
    /// @param opener where the handshake comes from
    /// @param limit for media and control that come
    public PeerTransport(
            IceCredentials credentials, DtlsEndpoint.Opener opener, IntakeLimit limit, Sink sink) {
        this.sink = sink;
        this.limit = limit;
        this.opener = opener;
        ice = new IceLite(credentials, new FromIce());
    }

    /// Signalling has told whom to expect.
    ///
    /// @return false, and nothing happens, if it was told before or this is closed
    public boolean connect(Fingerprint remote, long nowNanos) {
        assert !inSink;
        if (state != TransportState.NEW) {
            return false;
        }
        state = TransportState.CONNECTING;
        var opened = opener.open(remote, new FromDtls());
        dtls = opened;
        for (var datagram : early.take()) {
            receiveDtls(opened, datagram, nowNanos);
        }
        return true;
    }

    /// The peer was told new credentials; media goes on under the same keys (RFC 8445 section 9).
    public void restartIce(IceCredentials credentials) {
        assert !inSink;
        ice.restart(credentials);
    }

    /// Bytes in.
    ///
    /// @param datagram borrowed until the call returns, from its position to its limit; an
    ///     array of its own, if it has one that may be written to, is overwritten
    public void receive(ByteBuffer datagram, InetSocketAddress from, long nowNanos) {
        assert !inSink;
        int lengthBytes = datagram.remaining();
        stats.onReceived(lengthBytes);
        if (state == TransportState.CLOSED) {
            stats.onDropped(DropReason.CLOSED);
        } else if (lengthBytes > MAX_DATAGRAM_BYTES) {
            stats.onDropped(DropReason.TOO_LONG);
        } else if (datagram.hasArray()) {
            int offset = datagram.arrayOffset() + datagram.position();
            receive(datagram, datagram.array(), offset, from, nowNanos);
        } else {
            datagram.duplicate().get(in, 0, lengthBytes);
            receive(datagram, in, 0, from, nowNanos);
        }
    }

    private void receive(
            ByteBuffer datagram, byte[] bytes, int offset, InetSocketAddress from, long nowNanos) {
        int lengthBytes = datagram.remaining();
        var protocol = Demux.of(bytes, offset, lengthBytes);
        if (protocol == Demux.STUN) {
            if (ice.receive(bytes, offset, lengthBytes, from, nowNanos) != null) {
                stats.onDropped(DropReason.STUN_REFUSED);
            }
        } else if (protocol == Demux.OTHER) {
            stats.onDropped(DropReason.UNKNOWN_PROTOCOL);
        } else if (!ice.hasPath(from)) {
            stats.onDropped(DropReason.UNKNOWN_PATH);
        } else if (protocol == Demux.DTLS) {
            receiveDtls(dtls, datagram, nowNanos);
        } else if (srtp == null) {
            stats.onDropped(DropReason.NO_KEYS);
        } else if (protocol == Demux.RTP) {
            receiveRtp(srtp.receiver(), bytes, offset, lengthBytes, nowNanos);
        } else {
            receiveRtcp(srtp.receiver(), bytes, offset, lengthBytes, nowNanos);
        }
    }

    private void receiveDtls(@Nullable DtlsEndpoint to, ByteBuffer datagram, long nowNanos) {
        if (to == null) {
            if (!early.keep(datagram)) {
                stats.onDropped(DropReason.DTLS_TOO_EARLY);
            }
        } else if (!to.receive(datagram, nowNanos)) {
            stats.onDropped(DropReason.DTLS_REFUSED);
        }
    }

    private void receiveRtp(
            SrtpReceiver receiver, byte[] bytes, int offset, int lengthBytes, long nowNanos) {
        int plainBytes = receiver.unprotectRtp(bytes, offset, lengthBytes, bytes, offset);
        if (plainBytes == SrtpReceiver.REFUSED) {
            stats.onDropped(DropReason.SRTP_REFUSED);
        } else if (!isWithinLimit(lengthBytes, nowNanos)) {
            stats.onDropped(DropReason.TOO_MUCH);
        } else if (!packet.wrap(bytes, offset, plainBytes)) {
            stats.onDropped(DropReason.RTP_MALFORMED);
        } else {
            inSink = true;
            sink.onRtp(packet);
            inSink = false;
        }
    }

    private void receiveRtcp(
            SrtpReceiver receiver, byte[] bytes, int offset, int lengthBytes, long nowNanos) {
        int plainBytes = receiver.unprotectRtcp(bytes, offset, lengthBytes, bytes, offset);
        if (plainBytes == SrtpReceiver.REFUSED) {
            stats.onDropped(DropReason.SRTP_REFUSED);
        } else if (!isWithinLimit(lengthBytes, nowNanos)) {
            stats.onDropped(DropReason.TOO_MUCH);
        } else if (!compound.read(bytes, offset, plainBytes)) {
            stats.onDropped(DropReason.RTCP_MALFORMED);
        } else if (!compound.packets().isEmpty()) {
            inSink = true;
            sink.onRtcp(compound.packets());
            inSink = false;
        }
    }

    /// Asked only of what the peer has sealed: else whoever forges its address could use up what
    /// it may send.
    private boolean isWithinLimit(int lengthBytes, long nowNanos) {
        if (intake == null) {
            intake = new Intake(limit, nowNanos);
        }
        return intake.take(lengthBytes, nowNanos);
    }

    /// Time in. Call at or after [#nextDeadlineNanos()].
    public void advance(long nowNanos) {
        assert !inSink;
        if (state != TransportState.CLOSED) {
            ice.advance(nowNanos);
            if (dtls != null) {
                dtls.advance(nowNanos);
            }
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        if (state == TransportState.CLOSED) {
            return Long.MAX_VALUE;
        }
        long iceNanos = ice.nextDeadlineNanos();
        return dtls == null ? iceNanos : Math.min(iceNanos, dtls.nextDeadlineNanos());
    }

    /// Protects a media packet and sends it.
    ///
    /// @param plain borrowed; not changed
    /// @return false if it could not be sent, which is counted
    public boolean sendRtp(RtpPacket plain) {
        return transmit(
                protectRtp(plain.array(), plain.offset(), plain.lengthBytes(), out.array(), 0));
    }

    /// Protects control packets and sends them as one datagram.
    ///
    /// @param plain `lengthBytes` from `offset`; borrowed, not changed
    /// @return false if they could not be sent, which is counted
    public boolean sendRtcp(byte[] plain, int offset, int lengthBytes) {
        return transmit(protectRtcp(plain, offset, lengthBytes, out.array(), 0));
    }

    /// Protects a media packet straight into where it is sent from, which is the caller's to do:
    /// send what was written to [#selectedPath()]. It counts as sent.
    ///
    /// @param plain `lengthBytes` from `offset`; borrowed, and overwritten only if it is `into`
    /// @param into has room for [SrtpProfile#MAX_RTP_OVERHEAD_BYTES] more, from `intoOffset`
    /// @return bytes written, or [#REFUSED] if it cannot be sent, which is counted
    public int protectRtp(byte[] plain, int offset, int lengthBytes, byte[] into, int intoOffset) {
        var sender = sender();
        return sender == null
                ? REFUSED
                : counted(sender.protectRtp(plain, offset, lengthBytes, into, intoOffset));
    }

    /// Sends once more what [#protectRtp] wrote, byte for byte: protected anew with anything
    /// changed it would give the key away (RFC 7714 section 8.4).
    ///
    /// @param sealed the first `lengthBytes`; borrowed
    /// @return false if it could not be sent, which is counted
    public boolean sendAgain(byte[] sealed, int lengthBytes) {
        if (sender() == null) {
            return false;
        }
        stats.onSent(lengthBytes);
        return transmit(ByteBuffer.wrap(sealed, 0, lengthBytes));
    }

    /// The same as [#protectRtp] for control packets.
    ///
    /// @param plain `lengthBytes` from `offset`; borrowed, and overwritten only if it is `into`
    /// @param into has room for [SrtpProfile#MAX_RTCP_OVERHEAD_BYTES] more, from `intoOffset`
    /// @return bytes written, or [#REFUSED] if they cannot be sent, which is counted
    public int protectRtcp(byte[] plain, int offset, int lengthBytes, byte[] into, int intoOffset) {
        var sender = sender();
        return sender == null
                ? REFUSED
                : counted(sender.protectRtcp(plain, offset, lengthBytes, into, intoOffset));
    }

    /// Null, which is counted, if nothing can be sent now.
    private @Nullable SrtpSender sender() {
        assert !inSink;
        if (srtp == null) {
            stats.onDropped(DropReason.UNSENT_NO_KEYS);
            return null;
        }
        if (ice.selectedPath() == null) {
            stats.onDropped(DropReason.UNSENT_NO_PATH);
            return null;
        }
        return srtp.sender();
    }

    private int counted(int sealedBytes) {
        if (sealedBytes == SrtpSender.REFUSED) {
            stats.onDropped(DropReason.UNSENT_REFUSED);
            return REFUSED;
        }
        stats.onSent(sealedBytes);
        return sealedBytes;
    }

    private boolean transmit(int sealedBytes) {
        return sealedBytes != REFUSED && transmit(out.clear().limit(sealedBytes));
    }

    private boolean transmit(ByteBuffer sealed) {
        var path = ice.selectedPath();
        if (path == null) {
            return false;
        }
        inSink = true;
        sink.transmit(sealed, path);
        inSink = false;
        return true;
    }

    /// Says goodbye to the peer and overwrites the keys. Nothing comes to the sink any more, but
    /// for the goodbye, which may be transmitted later.
    public void close() {
        state = TransportState.CLOSED;
        forgetKeys();
        early.take();
        if (dtls != null) {
            dtls.close();
        }
    }

    /// How far it has come.
    public TransportState state() {
        return state;
    }

    /// Where to send; null before the first valid check and after consent has run out.
    public @Nullable InetSocketAddress selectedPath() {
        return ice.selectedPath();
    }

    /// Its counters.
    public TransportStats stats() {
        return stats;
    }

    /// How it stands now.
    public TransportDescription describe() {
        return new TransportDescription(
                state,
                ice.state(),
                Optional.ofNullable(profile),
                Optional.ofNullable(ice.selectedPath()),
                stats.receivedCount(),
                stats.receivedBytes(),
                stats.sentCount(),
                stats.sentBytes(),
                stats.dropped());
    }

    private void forgetKeys() {
        profile = null;
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
    }

    private void tell(TransportEvent event) {
        inSink = true;
        sink.onEvent(event);
        inSink = false;
    }

    private void transmit(ByteBuffer datagram, InetSocketAddress to) {
        stats.onSent(datagram.remaining());
        inSink = true;
        sink.transmit(datagram, to);
        inSink = false;
    }

    private final class FromIce implements IceLite.Sink {
        @Override
        public void transmit(byte[] datagram, InetSocketAddress to) {
            PeerTransport.this.transmit(ByteBuffer.wrap(datagram), to);
        }

        @Override
        public void onPathFound(InetSocketAddress remote) {
            tell(new TransportEvent.PathFound(remote));
        }

        @Override
        public void onPathLost(InetSocketAddress remote) {
            tell(new TransportEvent.PathLost(remote));
        }

        @Override
        public void onSelected(InetSocketAddress remote) {
            tell(new TransportEvent.PathSelected(remote));
        }

        @Override
        public void onState(IceState newState) {
            tell(new TransportEvent.IceStateChanged(newState));
        }
    }

    private final class FromDtls implements DtlsEndpoint.Sink {
        @Override
        public void transmit(ByteBuffer datagram) {
            var path = ice.selectedPath();
            if (path == null) {
                stats.onDropped(DropReason.UNSENT_NO_PATH);
            } else {
                PeerTransport.this.transmit(datagram, path);
            }
        }

        @Override
        public void onConnected(SrtpProfile agreed, byte[] keyingMaterial) {
            profile = agreed;
            srtp = SrtpContext.ofExporter(agreed, DtlsRole.SERVER, keyingMaterial);
            state = TransportState.CONNECTED;
            tell(new TransportEvent.DtlsConnected(agreed));
        }

        @Override
        public void onFailed(DtlsFailure reason) {
            state = TransportState.FAILED;
            tell(new TransportEvent.DtlsFailed(reason));
        }

        @Override
        public void onClosed() {
            forgetKeys();
            state = TransportState.ENDED;
            tell(new TransportEvent.DtlsClosed());
        }
    }
}
