// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import noom.rtc.ice.IceCredentials;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;

/// The controlling side of ICE with a lite peer and one pair: asks, nominates at once, and asks
/// again from time to time for consent (RFC 8445 section 7.2, RFC 7675 section 5.1).
///
/// Owner: the loop of its line.
public final class Check {
    /// A host candidate that was learnt by the check (RFC 8445 section 5.1.2.1).
    private static final int PRIORITY = 110 << 24 | 0xFFFF << 8 | 0xFF;

    private final StunWriter writer = new StunWriter();
    private final StunMessage message = new StunMessage();
    private final MessageIntegrity integrity;
    private final byte[] username;
    private final byte[] tieBreaker = new byte[8];
    private final byte[] transactionId = new byte[StunMessage.TRANSACTION_ID_BYTES];
    private final RandomGenerator random;

    /// @param remote what signalling told of the server
    public Check(IceCredentials remote, RandomGenerator random) {
        this.random = random;
        integrity = MessageIntegrity.ofShortTerm(remote.password());
        username = (remote.ufrag() + ":load").getBytes(UTF_8);
        random.nextBytes(tieBreaker);
    }

    /// A request; earlier ones are not waited for any more.
    public byte[] next() {
        random.nextBytes(transactionId);
        return writer.begin(StunMessage.BINDING_REQUEST, transactionId)
                .attribute(StunAttribute.USERNAME, username)
                .attribute(StunAttribute.ICE_CONTROLLING, tieBreaker)
                .attribute(StunAttribute.PRIORITY, ByteBuffer.allocate(4).putInt(PRIORITY).array())
                .attribute(StunAttribute.USE_CANDIDATE)
                .messageIntegrity(integrity)
                .fingerprint()
                .toBytes();
    }

    /// Whether this is the server's good answer to the last request.
    public boolean isAnsweredBy(byte[] datagram, int lengthBytes) {
        return message.wrap(datagram, 0, lengthBytes)
                && message.type() == StunMessage.BINDING_SUCCESS
                && Arrays.equals(message.transactionId(), transactionId)
                && integrity.verifies(message);
    }
}
