// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import noom.rtc.dtls.BrowserLikeClient.Offer;
import noom.rtc.dtls.BrowserLikeClient.Outcome;
import noom.rtc.srtp.SrtpProfile;
import org.jspecify.annotations.Nullable;

/// A client and an endpoint of ours, joined in memory. The test's thread owns the endpoint and both
/// directions of the wire: nothing comes anywhere but while it waits for something.
final class HandshakeRig implements DtlsEndpoint.Sink {
    static final DtlsCertificate OURS = DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH);
    static final DtlsCertificate THEIRS =
            DtlsCertificate.generate(new SecureRandom(), Instant.EPOCH);
    static final DtlsLimits LIMITS = new DtlsLimits(4, 4, Duration.ofSeconds(30), 64);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    final DtlsServer server;
    final DtlsEndpoint endpoint;
    final BrowserLikeClient client;
    final List<String> heard = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<byte[]> fromClient = new ArrayList<>();
    final List<byte[]> fromServer = new ArrayList<>();
    long nowNanos = Duration.ofHours(2).toNanos();
    Wire toServer = (_, _) -> 1;
    Wire toClient = (_, _) -> 1;
    @Nullable SrtpProfile profile;
    byte[] keys = {};
    byte @Nullable [] borrowedKeys;

    /// How often a datagram comes to the other end.
    interface Wire {
        /// How many copies of this one.
        ///
        /// @param index counts those of its direction from 0
        int copies(int index, byte[] datagram);
    }

    HandshakeRig(DtlsServer server, Fingerprint expected, Offer offer) {
        this.server = server;
        endpoint = server.open(expected, mailbox::add, this);
        client =
                new BrowserLikeClient(
                        offer,
                        datagram -> mailbox.add(() -> carryToServer(datagram)),
                        outcome -> mailbox.add(() -> outcomes.add(outcome)));
    }

    static HandshakeRig of(Offer offer) {
        return new HandshakeRig(server(LIMITS), THEIRS.fingerprint(), offer);
    }

    static HandshakeRig ofGoodClient() {
        return of(Offer.of(THEIRS));
    }

    static DtlsServer server(DtlsLimits limits) {
        return new DtlsServer(OURS, limits, new SecureRandom());
    }

    HandshakeRig start() {
        Thread.ofVirtual().start(client);
        return this;
    }

    /// Carries what comes until something is so, be it by what came or in another thread.
    void runUntil(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("in time; heard %s, %s", heard, outcomes)
                    .isLessThan(end);
            try {
                var next = mailbox.poll(1, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /// A handshake gives its place back in its own thread, after its last word.
    void runUntilNoneRuns() {
        runUntil(() -> server.runningCount() == 0);
    }

    void runUntilConnected() {
        runUntil(() -> heard.contains("connected") && clientKeys() != null);
    }

    void runUntilFailed(DtlsFailure reason) {
        runUntil(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("failed " + reason);
        assertThat(borrowedKeys).isNull();
    }

    byte @Nullable [] clientKeys() {
        for (var outcome : outcomes) {
            if (outcome instanceof Outcome.Connected connected) {
                return connected.keyingMaterial().array();
            }
        }
        return null;
    }

    boolean clientHasFailed() {
        return outcomes.stream().anyMatch(outcome -> outcome instanceof Outcome.Failed);
    }

    boolean clientHasEnded() {
        return outcomes.stream().anyMatch(outcome -> outcome instanceof Outcome.Ended);
    }

    void deliver(byte[] datagram) {
        endpoint.receive(ByteBuffer.wrap(datagram), nowNanos);
    }

    private void carryToServer(byte[] datagram) {
        fromClient.add(datagram);
        for (int i = toServer.copies(fromClient.size() - 1, datagram); i > 0; i--) {
            deliver(datagram);
        }
    }

    @Override
    public void transmit(ByteBuffer datagram) {
        var bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        fromServer.add(bytes);
        for (int i = toClient.copies(fromServer.size() - 1, bytes); i > 0; i--) {
            client.inbox.offer(bytes);
        }
    }

    @Override
    public void onConnected(SrtpProfile agreed, byte[] keyingMaterial) {
        profile = agreed;
        borrowedKeys = keyingMaterial;
        keys = keyingMaterial.clone();
        heard.add("connected");
    }

    @Override
    public void onFailed(DtlsFailure reason) {
        heard.add("failed " + reason);
    }

    @Override
    public void onClosed() {
        heard.add("closed");
    }
}
