// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;

/// The controlling side: writes checks as browsers do, and remembers what it heard.
public final class ScriptedPeer implements IceLite.Sink {
    static final String OWN_UFRAG = "peer";
    private static final byte[] PRIORITY = {110, 0, 1, (byte) 255};

    final List<String> heard = new ArrayList<>();
    final List<byte[]> answers = new ArrayList<>();
    private int checks;

    /// Somewhere in the documentation's network.
    public static InetSocketAddress address(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }

    /// A check that nothing is wrong with.
    ///
    /// @param more attributes between USERNAME and the signature
    public byte[] check(IceCredentials credentials, Attribute... more) {
        var writer = begin(credentials.ufrag());
        writer.attribute(StunAttribute.ICE_CONTROLLING, new byte[8]);
        writer.attribute(StunAttribute.PRIORITY, PRIORITY);
        for (var attribute : more) {
            attribute.addTo(writer);
        }
        return signed(writer, credentials.password());
    }

    /// One attribute of a check.
    public interface Attribute {
        /// The nomination of RFC 8445.
        Attribute USE_CANDIDATE = of(StunAttribute.USE_CANDIDATE);

        /// Writes it.
        void addTo(StunWriter writer);

        /// Of any type.
        static Attribute of(int type, byte... value) {
            return writer -> writer.attribute(type, value);
        }

        /// A nomination with a value.
        static Attribute nomination(int type, int value) {
            return of(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        }
    }

    /// Begins a check, with a username.
    StunWriter begin(String ufrag) {
        var id = new byte[StunMessage.TRANSACTION_ID_BYTES];
        id[0] = (byte) ++checks;
        return new StunWriter()
                .begin(StunMessage.BINDING_REQUEST, id)
                .attribute(StunAttribute.USERNAME, (ufrag + ":" + OWN_UFRAG).getBytes(UTF_8));
    }

    static byte[] signed(StunWriter writer, String password) {
        return writer.messageIntegrity(MessageIntegrity.ofShortTerm(password))
                .fingerprint()
                .toBytes();
    }

    /// The last answer, which must be signed as it should.
    StunMessage answer(IceCredentials credentials) {
        var message = new StunMessage();
        if (!message.wrap(answers.getLast())
                || !MessageIntegrity.ofShortTerm(credentials.password()).verifies(message)
                || !message.has(StunAttribute.FINGERPRINT)) {
            throw new AssertionError("not a signed answer: " + message.refusal());
        }
        return message;
    }

    List<String> take() {
        var taken = List.copyOf(heard);
        heard.clear();
        return taken;
    }

    @Override
    public void transmit(byte[] datagram, InetSocketAddress to) {
        answers.add(datagram);
        heard.add("answer " + to.getPort());
    }

    @Override
    public void onPathFound(InetSocketAddress remote) {
        heard.add("found " + remote.getPort());
    }

    @Override
    public void onPathLost(InetSocketAddress remote) {
        heard.add("lost " + remote.getPort());
    }

    @Override
    public void onSelected(InetSocketAddress remote) {
        heard.add("selected " + remote.getPort());
    }

    @Override
    public void onState(IceState state) {
        heard.add(state.name());
    }
}
