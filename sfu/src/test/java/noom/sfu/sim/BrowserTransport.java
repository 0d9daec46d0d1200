// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import noom.rtc.Demux;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import noom.rtc.rtcp.CompoundReader;
import noom.rtc.rtcp.CompoundWriter;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.rtp.AbsSendTime;
import noom.rtc.rtp.RtpPacket;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import noom.testkit.net.SimNet;
import org.jspecify.annotations.Nullable;

/// A browser's end of one transport: the controlling side of ICE, keys, SRTP.
///
/// Owner: its browser.
final class BrowserTransport {
    /// Checks go out this often until one is answered, and then in a while.
    private static final long EAGER_NANOS = Duration.ofMillis(100).toNanos();

    /// Without an answer for so long, signalling asks for new credentials.
    static final long FAILED_NANOS = Duration.ofSeconds(3).toNanos();

    private static final byte[] PRIORITY = {110, 0, 1, (byte) 255};

    final Fingerprint fingerprint;
    final SrtpProfile profile;
    final SplittableRandom random;
    final boolean isSending;
    private final Breaks breaks;
    private final Sink sink;
    private final long checkNanos;
    private final boolean isRenominating;
    private final SimKeys.Client keys;
    private final byte[] plain = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final byte[] sealed = new byte[SrtpContext.MAX_PACKET_BYTES];
    private final byte[] compound = new byte[CompoundWriter.DEFAULT_LIMIT_BYTES];
    private final CompoundReader reader = new CompoundReader();
    private final CompoundWriter writer = new CompoundWriter();
    private final RtpPacket packet = new RtpPacket();
    private final StunMessage message = new StunMessage();
    SimNet<Note>.Line line;
    private @Nullable IceCredentials credentials;
    private @Nullable MessageIntegrity integrity;
    private @Nullable SrtpContext srtp;
    private final long checkTag;
    private int checkCount;
    private int nomination;
    private long checkDueNanos;
    private long answeredNanos = -1;
    private boolean isAnswered;
    private boolean isDead;
    private long transportSeq;
    private byte[] lastMedia = {0};

    /// What comes out, on what is told by whom.
    interface Sink {
        void onConnected(BrowserTransport transport);

        void onRtp(RtpPacket packet, boolean isCopy);

        void onRtcp(List<Rtcp> packets);
    }

    BrowserTransport(int id, boolean isSending, SplittableRandom random, Breaks breaks, Sink sink) {
        this.isSending = isSending;
        this.random = random;
        this.breaks = breaks;
        this.sink = sink;
        byte[] digest = ByteBuffer.allocate(4).putInt(id).array();
        fingerprint = Fingerprint.of(Fingerprint.Algorithm.SHA_256, digest);
        profile = List.of(SrtpProfile.values()).get(random.nextInt(SrtpProfile.values().length));
        checkNanos = Duration.ofMillis(random.nextInt(500, 2_500)).toNanos();
        isRenominating = random.nextInt(3) == 0;
        transportSeq = random.nextInt(1 << 16);
        checkTag = random.nextLong();
        keys = new SimKeys.Client(random);
    }

    /// What anyone on the way has seen of its media.
    byte[] lastSent() {
        return lastMedia.clone();
    }

    boolean isConnected() {
        return srtp != null;
    }

    boolean isFailing(long nowNanos) {
        return answeredNanos >= 0 && nowNanos - answeredNanos > FAILED_NANOS;
    }

    /// Signalling has told credentials, for the first time or anew.
    void learn(IceCredentials told, long nowNanos) {
        answeredNanos = answeredNanos < 0 ? answeredNanos : nowNanos;
        credentials = told;
        integrity = MessageIntegrity.ofShortTerm(told.password());
        isAnswered = false;
        checkDueNanos = 0;
        nomination = 0;
    }

    /// The network has changed; a better nomination tells that this is the one.
    void move(InetSocketAddress next) {
        line.move(next);
        nomination++;
        isAnswered = false;
        checkDueNanos = 0;
    }

    /// Nothing is said any more.
    void die() {
        isDead = true;
        line.detach();
    }

    /// Ends in order.
    void close() {
        if (isConnected() && !isDead) {
            send(SimKeys.goodbye(), 1, new Note("goodbye"));
        }
        die();
    }

    void advance(long nowNanos) {
        if (isDead || credentials == null) {
            return;
        }
        if (nowNanos >= checkDueNanos) {
            checkDueNanos = nowNanos + (isAnswered ? checkNanos : EAGER_NANOS);
            check(credentials);
        }
        if (srtp == null && answeredNanos >= 0 && keys.isDue(nowNanos)) {
            send(keys.hello, keys.hello.length, new Note("hello"));
        }
    }

    private void check(IceCredentials to) {
        byte[] id = ByteBuffer.allocate(12).putInt(++checkCount).putLong(checkTag).array();
        var check =
                new StunWriter()
                        .begin(StunMessage.BINDING_REQUEST, id)
                        .attribute(StunAttribute.USERNAME, (to.ufrag() + ":page").getBytes(UTF_8))
                        .attribute(StunAttribute.ICE_CONTROLLING, new byte[8])
                        .attribute(StunAttribute.PRIORITY, PRIORITY)
                        .attribute(StunAttribute.USE_CANDIDATE);
        if (isRenominating) {
            byte[] value = ByteBuffer.allocate(4).putInt(nomination).array();
            check.attribute(StunAttribute.GOOG_NOMINATION, value);
        }
        byte[] bytes = check.messageIntegrity(integrity).fingerprint().toBytes();
        send(bytes, bytes.length, new Note("check"));
    }

    private void send(byte[] bytes, int lengthBytes, Note note) {
        if (!isDead) {
            byte[] datagram = Arrays.copyOf(bytes, lengthBytes);
            boolean isMedia = note.stream != null;
            lastMedia = isMedia ? datagram : lastMedia;
            line.send(datagram, note);
        }
    }

    /// Sends a packet, numbered as it leaves.
    void sendRtp(byte[] media, Note note, long nowNanos) {
        if (srtp == null || isDead) {
            return;
        }
        byte[] bytes = media.clone();
        if (!packet.wrap(bytes)) {
            throw new IllegalStateException("no packet: " + packet.refusal());
        }
        var extensions = packet.extensions();
        note.transportNumber = transportSeq;
        extensions.set16(Offers.TRANSPORT_CC_ID, (int) transportSeq & 0xFFFF);
        extensions.set24(Offers.ABS_SEND_TIME_ID, AbsSendTime.ofNanos(nowNanos));
        transportSeq++;
        int length = srtp.sender().protectRtp(bytes, 0, bytes.length, sealed, 0);
        breaks.require(length > 0, Rule.REPLAY, () -> "cannot send " + note.kind);
        if (length > 0) {
            send(sealed, length, note);
        }
    }

    /// Sends control packets as one datagram.
    void sendRtcp(List<Rtcp> packets) {
        if (srtp == null || isDead || packets.isEmpty()) {
            return;
        }
        writer.begin(compound, 0, compound.length);
        packets.forEach(writer::add);
        int length = srtp.sender().protectRtcp(compound, 0, writer.lengthBytes(), sealed, 0);
        var note = new Note("rtcp");
        note.control = List.copyOf(packets);
        send(sealed, length, note);
    }

    /// Something came from the server.
    void receive(byte[] datagram, Note note, boolean isCopy, long nowNanos) {
        if (isDead) {
            return;
        }
        switch (Demux.of(datagram, 0, datagram.length)) {
            case STUN -> onAnswer(datagram, nowNanos);
            case DTLS -> onKeys(datagram);
            case RTP -> onRtp(datagram, note, isCopy);
            case RTCP -> onRtcp(datagram, note, isCopy);
            case OTHER -> breaks.report(Rule.SIGNALLED, "nothing that anyone speaks", null);
        }
    }

    private void onAnswer(byte[] datagram, long nowNanos) {
        boolean isAnswer =
                message.wrap(datagram)
                        && message.type() == StunMessage.BINDING_SUCCESS
                        && integrity != null
                        && integrity.verifies(message)
                        && ByteBuffer.wrap(message.transactionId()).getLong(4) == checkTag;
        if (isAnswer && line.address().equals(message.xorMappedAddress())) {
            isAnswered = true;
            answeredNanos = nowNanos;
        }
    }

    private void onKeys(byte[] answer) {
        if (answer[0] == SimKeys.HELLO && srtp == null) {
            byte[] material = SimKeys.material(profile, keys.hello, answer);
            srtp = SrtpContext.ofExporter(profile, DtlsRole.CLIENT, material);
            sink.onConnected(this);
        } else if (answer[0] == SimKeys.GOODBYE) {
            die();
        }
    }

    private void onRtp(byte[] datagram, Note note, boolean isCopy) {
        if (srtp == null) {
            return;
        }
        int bytes = srtp.receiver().unprotectRtp(datagram, 0, datagram.length, plain, 0);
        if (isOpened(bytes, note, isCopy) && packet.wrap(plain, 0, bytes)) {
            sink.onRtp(packet, isCopy);
        }
    }

    private void onRtcp(byte[] datagram, Note note, boolean isCopy) {
        if (srtp == null) {
            return;
        }
        int bytes = srtp.receiver().unprotectRtcp(datagram, 0, datagram.length, plain, 0);
        if (isOpened(bytes, note, isCopy) && reader.read(plain, 0, bytes)) {
            sink.onRtcp(reader.packets());
        }
    }

    /// What comes for the first time is taken, what comes again is not.
    private boolean isOpened(int bytes, Note note, boolean isCopy) {
        boolean isOld = isCopy && note.isTaken;
        boolean isOpen = bytes > 0;
        note.isTaken |= isOpen;
        breaks.require(
                isOpen != isOld,
                Rule.REPLAY,
                () ->
                        (isOld ? "took again " : "could not open ")
                                + note.kind
                                + ", "
                                + srtp.receiver().refusal());
        return isOpen;
    }

    /// The endless number of a transport-wide number that is not newer than the newest.
    long unwrapTransportSeq(int seq) {
        long newest = transportSeq - 1;
        return newest - ((newest - seq) & 0xFFFF);
    }
}
