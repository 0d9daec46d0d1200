// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import noom.rtc.srtp.SrtpProfile;

/// Hostile bytes to an endpoint: dropped or taken, never keys, never an
/// exception, and never a thread left behind.
class DtlsFuzzTest {
    private static final DtlsServer SERVER = HandshakeRig.server(HandshakeRig.LIMITS);
    private static final Fingerprint EXPECTED = HandshakeRig.THEIRS.fingerprint();

    @FuzzTest(maxDuration = "")
    void any_datagrams_are_dropped_or_taken(byte[] bytes) throws InterruptedException {
        var before = bytes.clone();
        var tasks = new LinkedBlockingQueue<Runnable>();
        var sink = new NoKeys();
        var endpoint = SERVER.open(EXPECTED, tasks::add, sink);

        boolean began = false;
        for (var datagram : split(bytes)) {
            began |= endpoint.receive(datagram, 0);
        }
        assertThat(bytes).isEqualTo(before);
        endpoint.close();
        while (began && SERVER.runningCount() > 0) {
            var task = tasks.poll(10, TimeUnit.MICROSECONDS);
            if (task != null) {
                task.run();
            }
        }
        assertThat(sink.failures).isEmpty();
    }

    /// Two bytes of length before each datagram; what is too short is one datagram.
    private static List<ByteBuffer> split(byte[] bytes) {
        var datagrams = new ArrayList<ByteBuffer>();
        int at = 0;
        while (at + 2 <= bytes.length && datagrams.size() < 16) {
            int wanted = (bytes[at] & 0x07) << 8 | (bytes[at + 1] & 0xFF);
            int lengthBytes = Math.min(wanted, bytes.length - at - 2);
            datagrams.add(ByteBuffer.wrap(bytes, at + 2, lengthBytes));
            at += 2 + lengthBytes;
        }
        datagrams.add(ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, 1_500)));
        return datagrams;
    }

    private static final class NoKeys implements DtlsEndpoint.Sink {
        final List<DtlsFailure> failures = new ArrayList<>();

        @Override
        public void transmit(ByteBuffer datagram) {
            assertThat(datagram.remaining()).isBetween(1, 1_200);
        }

        @Override
        public void onConnected(SrtpProfile profile, byte[] keyingMaterial) {
            throw new AssertionError("keys for noise");
        }

        @Override
        public void onFailed(DtlsFailure reason) {
            failures.add(reason);
        }

        @Override
        public void onClosed() {
            throw new AssertionError("a goodbye after nothing");
        }
    }
}
