// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import noom.rtc.dtls.DtlsEndpoint;
import noom.rtc.dtls.DtlsMailbox;
import noom.rtc.srtp.SrtpProfile;

/// What stands for DTLS: each side says half a secret in one plain datagram, the client until it
/// is answered, and both make the keys of the two halves. It loses and repeats like the real
/// one, its news come through the mailbox like the real one's, and it protects nothing.
final class SimKeys {
    static final int HELLO = 22;
    static final int GOODBYE = 21;
    private static final Duration RESEND = Duration.ofMillis(100);
    private static final int HALF_BYTES = 16;

    private SimKeys() {}

    static byte[] material(SrtpProfile profile, byte[] hello, byte[] answer) {
        var random = new SplittableRandom(31L * Arrays.hashCode(hello) + Arrays.hashCode(answer));
        var material = new byte[profile.exporterBytes()];
        random.nextBytes(material);
        return material;
    }

    private static byte[] half(SplittableRandom random) {
        var half = new byte[1 + HALF_BYTES];
        random.nextBytes(half);
        half[0] = HELLO;
        return half;
    }

    static byte[] goodbye() {
        return new byte[] {GOODBYE};
    }

    /// The asking side.
    static final class Client {
        final byte[] hello;
        private long resendNanos;

        Client(SplittableRandom random) {
            hello = half(random);
        }

        boolean isDue(long nowNanos) {
            if (nowNanos < resendNanos) {
                return false;
            }
            resendNanos = nowNanos + RESEND.toNanos();
            return true;
        }
    }

    /// Hears of the keys that the server has made, before it uses them.
    interface Witness {
        void onKeys(SrtpProfile profile, byte[] material);
    }

    /// The answering side.
    static final class Server implements DtlsEndpoint {
        private final SrtpProfile profile;
        private final DtlsMailbox owner;
        private final Sink sink;
        private final Witness witness;
        private final byte[] answer;
        private boolean isAsked;
        private boolean isConnected;
        private boolean isClosed;

        Server(
                SrtpProfile profile,
                SplittableRandom random,
                DtlsMailbox owner,
                Sink sink,
                Witness witness) {
            this.profile = profile;
            this.owner = owner;
            this.sink = sink;
            this.witness = witness;
            answer = half(random);
        }

        @Override
        public boolean receive(ByteBuffer datagram, long nowNanos) {
            var bytes = new byte[datagram.remaining()];
            datagram.duplicate().get(bytes);
            if (bytes[0] == GOODBYE && isConnected && !isClosed) {
                isClosed = true;
                owner.tell(sink::onClosed);
            } else if (bytes[0] == HELLO && isConnected) {
                owner.tell(this::answer);
            } else if (bytes[0] == HELLO && !isAsked) {
                isAsked = true;
                owner.tell(() -> connect(bytes));
            }
            return true;
        }

        private void connect(byte[] hello) {
            if (!isClosed) {
                isConnected = true;
                var material = material(profile, hello, answer);
                witness.onKeys(profile, material);
                sink.onConnected(profile, material);
                answer();
            }
        }

        private void answer() {
            if (!isClosed) {
                sink.transmit(ByteBuffer.wrap(answer));
            }
        }

        @Override
        public void advance(long nowNanos) {}

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void close() {
            if (isConnected && !isClosed) {
                sink.transmit(ByteBuffer.wrap(goodbye()));
            }
            isClosed = true;
        }
    }
}
