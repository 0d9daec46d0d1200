// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import noom.rtc.srtp.SrtpProfile;

/// What stands for DTLS in simulations: each side says its fingerprint and half a secret in one
/// plain datagram, and both make the keys of the two halves. It has no thread and no clock, loses
/// and repeats like the real one, and protects nothing.
///
/// Owner: whoever created it.
public final class KeyExchangeStandIn implements DtlsEndpoint {
    /// As long as the real one takes at most.
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Duration RESEND = Duration.ofMillis(100);
    private static final byte HELLO = 22;
    private static final byte GOODBYE = 21;
    private static final int HALF_BYTES = 32;

    private final boolean isClient;
    private final Fingerprint own;
    private final Fingerprint remote;
    private final SrtpProfile profile;
    private final Sink sink;
    private final byte[] half = new byte[HALF_BYTES];
    private State state = State.NEW;
    private long resendNanos = Long.MAX_VALUE;
    private long deadlineNanos = Long.MAX_VALUE;

    private enum State {
        NEW,
        SHAKING,
        CONNECTED,
        ENDED
    }

    private KeyExchangeStandIn(
            boolean isClient,
            Fingerprint own,
            Fingerprint remote,
            SrtpProfile profile,
            RandomGenerator random,
            Sink sink) {
        this.isClient = isClient;
        this.own = own;
        this.remote = remote;
        this.profile = profile;
        this.sink = sink;
        random.nextBytes(half);
    }

    /// Opens the answering side.
    public static Opener server(Fingerprint own, SrtpProfile profile, RandomGenerator random) {
        return (remote, sink) -> new KeyExchangeStandIn(false, own, remote, profile, random, sink);
    }

    /// The asking side, which says its first word at once.
    public static KeyExchangeStandIn client(
            Fingerprint own,
            Fingerprint remote,
            SrtpProfile profile,
            RandomGenerator random,
            Sink sink,
            long nowNanos) {
        var client = new KeyExchangeStandIn(true, own, remote, profile, random, sink);
        client.begin(nowNanos);
        client.say(HELLO);
        client.resendNanos = nowNanos + RESEND.toNanos();
        return client;
    }

    private void begin(long nowNanos) {
        state = State.SHAKING;
        deadlineNanos = nowNanos + LIMIT.toNanos();
    }

    @Override
    public boolean receive(ByteBuffer datagram, long nowNanos) {
        var bytes = new byte[datagram.remaining()];
        datagram.duplicate().get(bytes);
        if (state == State.ENDED || bytes.length < 1 + HALF_BYTES || bytes[0] > HELLO) {
            return false;
        }
        if (bytes[0] == GOODBYE) {
            onGoodbye(nameIn(bytes));
        } else if (state == State.CONNECTED) {
            answer();
        } else {
            onHello(bytes, nowNanos);
        }
        return true;
    }

    private void onHello(byte[] bytes, long nowNanos) {
        if (state == State.NEW) {
            begin(nowNanos);
        }
        if (!nameIn(bytes).equals(remote.toString())) {
            state = State.ENDED;
            sink.onFailed(DtlsFailure.WRONG_FINGERPRINT);
            return;
        }
        state = State.CONNECTED;
        answer();
        byte[] material = material(Arrays.copyOfRange(bytes, 1, 1 + HALF_BYTES));
        sink.onConnected(profile, material);
        Arrays.fill(material, (byte) 0);
    }

    /// Only the server repeats itself when it hears something again, or they would never end.
    private void answer() {
        if (!isClient) {
            say(HELLO);
        }
    }

    private static String nameIn(byte[] bytes) {
        return new String(bytes, 1 + HALF_BYTES, bytes.length - 1 - HALF_BYTES, ISO_8859_1);
    }

    private void onGoodbye(String name) {
        if (state == State.CONNECTED && name.equals(remote.toString())) {
            state = State.ENDED;
            sink.onClosed();
        }
    }

    private byte[] material(byte[] otherHalf) {
        var material = new ByteArrayOutputStream();
        for (byte round = 0; material.size() < profile.exporterBytes(); round++) {
            try {
                var hash = MessageDigest.getInstance("SHA-256");
                hash.update(isClient ? half : otherHalf);
                hash.update(isClient ? otherHalf : half);
                hash.update(round);
                material.writeBytes(hash.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }
        return Arrays.copyOf(material.toByteArray(), profile.exporterBytes());
    }

    private void say(byte word) {
        byte[] name = own.toString().getBytes(ISO_8859_1);
        var datagram = ByteBuffer.allocate(1 + HALF_BYTES + name.length);
        sink.transmit(datagram.put(word).put(half).put(name).flip());
    }

    @Override
    public void advance(long nowNanos) {
        if (state == State.SHAKING && nowNanos >= deadlineNanos) {
            state = State.ENDED;
            sink.onFailed(DtlsFailure.TIMED_OUT);
        } else if (state == State.SHAKING && nowNanos >= resendNanos) {
            say(HELLO);
            resendNanos = nowNanos + RESEND.toNanos();
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return state == State.SHAKING ? Math.min(deadlineNanos, resendNanos) : Long.MAX_VALUE;
    }

    @Override
    public void close() {
        if (state == State.CONNECTED) {
            say(GOODBYE);
        }
        state = State.ENDED;
    }
}
