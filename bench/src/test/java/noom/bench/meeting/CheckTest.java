// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import noom.rtc.ice.IceCredentials;
import noom.rtc.ice.IceDrop;
import noom.rtc.ice.IceLite;
import noom.rtc.ice.IceState;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import org.junit.jupiter.api.Test;

/// Against the lite side that the server has.
class CheckTest {
    private static final InetSocketAddress HERE =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000);
    private final SplittableRandom random = new SplittableRandom(1);
    private final IceCredentials server = IceCredentials.random(random);
    private final List<byte[]> answers = new ArrayList<>();
    private final IceLite ice =
            new IceLite(
                    server,
                    new IceLite.Sink() {
                        @Override
                        public void transmit(byte[] datagram, InetSocketAddress to) {
                            answers.add(datagram);
                        }

                        @Override
                        public void onPathFound(InetSocketAddress remote) {}

                        @Override
                        public void onPathLost(InetSocketAddress remote) {}

                        @Override
                        public void onSelected(InetSocketAddress remote) {}

                        @Override
                        public void onState(IceState state) {}
                    });

    @Test
    void the_server_takes_the_check_and_its_answer_is_known() {
        var check = new Check(server, random);
        byte[] request = check.next();

        assertThat(ice.receive(request, 0, request.length, HERE, 0)).isNull();

        byte[] answer = answers.getFirst();
        assertThat(ice.state()).as("nominated at once").isEqualTo(IceState.COMPLETED);
        assertThat(check.isAnsweredBy(answer, answer.length)).isTrue();
        assertThat(check.isAnsweredBy(request, request.length)).isFalse();
    }

    @Test
    void an_answer_to_an_earlier_check_or_of_somebody_else_is_none() {
        var check = new Check(server, random);
        byte[] early = check.next();
        ice.receive(early, 0, early.length, HERE, 0);
        byte[] answer = answers.getFirst();

        check.next();
        assertThat(check.isAnsweredBy(answer, answer.length)).as("of before").isFalse();

        byte[] again = check.next();
        int at = StunMessage.HEADER_BYTES - StunMessage.TRANSACTION_ID_BYTES;
        byte[] forged =
                new StunWriter()
                        .begin(
                                StunMessage.BINDING_SUCCESS,
                                Arrays.copyOfRange(again, at, StunMessage.HEADER_BYTES))
                        .xorMappedAddress(HERE)
                        .messageIntegrity(MessageIntegrity.ofShortTerm("somebody else's"))
                        .fingerprint()
                        .toBytes();
        assertThat(check.isAnsweredBy(forged, forged.length)).isFalse();
    }

    @Test
    void with_a_wrong_password_the_server_is_silent() {
        var wrong = new IceCredentials(server.ufrag(), IceCredentials.random(random).password());
        byte[] request = new Check(wrong, random).next();

        assertThat(ice.receive(request, 0, request.length, HERE, 0))
                .isEqualTo(IceDrop.WRONG_PASSWORD);
        assertThat(answers).isEmpty();
    }
}
