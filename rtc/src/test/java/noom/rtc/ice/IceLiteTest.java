// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import noom.rtc.ice.ScriptedPeer.Attribute;
import noom.rtc.stun.MessageIntegrity;
import noom.rtc.stun.StunAttribute;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceLiteTest {
    private static final IceCredentials OURS = IceCredentials.random(new Random(1));
    private static final IceCredentials NEXT = IceCredentials.random(new Random(2));
    private static final InetSocketAddress ONE = ScriptedPeer.address(1);
    private static final InetSocketAddress TWO = ScriptedPeer.address(2);

    private final ScriptedPeer peer = new ScriptedPeer();
    private final IceLite ice = new IceLite(OURS, peer);
    private long nowNanos = Duration.ofHours(1).toNanos();

    private @Nullable IceDrop receive(InetSocketAddress from, byte[] datagram) {
        return ice.receive(datagram, 0, datagram.length, from, nowNanos);
    }

    private @Nullable IceDrop check(InetSocketAddress from, Attribute... more) {
        return receive(from, peer.check(OURS, more));
    }

    private void pass(long nanos) {
        nowNanos += nanos;
        if (nowNanos >= ice.nextDeadlineNanos()) {
            ice.advance(nowNanos);
        }
    }

    @Test
    void a_check_is_answered_with_the_address_it_came_from() {
        var check = peer.check(OURS);

        assertThat(receive(ONE, check)).isNull();

        var asked = new StunMessage();
        asked.wrap(check);
        var answer = peer.answer(OURS);
        assertThat(answer.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(answer.transactionId()).isEqualTo(asked.transactionId());
        assertThat(answer.xorMappedAddress()).isEqualTo(ONE);
        assertThat(peer.take()).containsExactly("answer 1", "found 1", "selected 1", "CONNECTED");
        assertThat(ice.selectedPath()).isEqualTo(ONE);
    }

    @Test
    void the_bytes_of_a_check_may_lie_anywhere_and_are_not_written() {
        var check = peer.check(OURS);
        var slab = new byte[check.length + 20];
        System.arraycopy(check, 0, slab, 7, check.length);
        var before = slab.clone();

        assertThat(ice.receive(slab, 7, check.length, ONE, nowNanos)).isNull();

        assertThat(slab).isEqualTo(before);
    }

    @Test
    void what_browsers_add_is_passed_over() {
        var networkCost = Attribute.of(0xC057, (byte) 0, (byte) 1, (byte) 0, (byte) 10);

        assertThat(check(ONE, networkCost)).isNull();

        assertThat(peer.take()).contains("CONNECTED");
    }

    @Test
    void who_proves_nothing_gets_nothing() {
        var good = peer.check(OURS);
        var bent = good.clone();
        bent[30] ^= 1;
        var noFingerprint =
                peer.begin(OURS.ufrag())
                        .attribute(StunAttribute.PRIORITY, new byte[4])
                        .messageIntegrity(MessageIntegrity.ofShortTerm(OURS.password()))
                        .toBytes();

        assertThat(receive(ONE, new byte[] {0, 1, 2})).isEqualTo(IceDrop.MALFORMED);
        assertThat(receive(ONE, bent)).isEqualTo(IceDrop.MALFORMED);
        assertThat(receive(ONE, peer.check(NEXT))).isEqualTo(IceDrop.WRONG_USERNAME);
        assertThat(receive(ONE, noUsername())).isEqualTo(IceDrop.WRONG_USERNAME);
        assertThat(receive(ONE, peer.begin(OURS.ufrag()).fingerprint().toBytes()))
                .isEqualTo(IceDrop.WRONG_PASSWORD);
        assertThat(receive(ONE, ScriptedPeer.signed(peer.begin(OURS.ufrag()), NEXT.password())))
                .isEqualTo(IceDrop.WRONG_PASSWORD);
        assertThat(receive(ONE, noFingerprint)).isEqualTo(IceDrop.NO_FINGERPRINT);

        assertThat(peer.heard).isEmpty();
        assertThat(ice.state()).isEqualTo(IceState.NEW);
        assertThat(ice.selectedPath()).isNull();
        assertThat(ice.droppedCount(IceDrop.MALFORMED)).isEqualTo(2);
        assertThat(ice.droppedCount(IceDrop.WRONG_USERNAME)).isEqualTo(2);
        assertThat(ice.droppedCount(IceDrop.WRONG_PASSWORD)).isEqualTo(2);
        assertThat(ice.droppedCount(IceDrop.NO_FINGERPRINT)).isEqualTo(1);
    }

    private static byte[] noUsername() {
        var writer = new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]);
        return ScriptedPeer.signed(writer, OURS.password());
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                StunMessage.BINDING_INDICATION,
                StunMessage.BINDING_SUCCESS,
                StunMessage.BINDING_ERROR
            })
    void what_is_no_request_is_no_check(int type) {
        check(ONE);
        long deadline = ice.nextDeadlineNanos();
        nowNanos++;
        var writer = new StunWriter().begin(type, new byte[12]);
        writer.attribute(StunAttribute.USERNAME, (OURS.ufrag() + ":x").getBytes(UTF_8));

        assertThat(receive(ONE, ScriptedPeer.signed(writer, OURS.password())))
                .isEqualTo(IceDrop.NOT_BINDING_REQUEST);
        assertThat(ice.nextDeadlineNanos()).isEqualTo(deadline);
    }

    private void expectRefusal(StunWriter check, int code) {
        receive(ONE, ScriptedPeer.signed(check, OURS.password()));

        var answer = peer.answer(OURS);
        assertThat(answer.type()).isEqualTo(StunMessage.BINDING_ERROR);
        var error = answer.value(StunAttribute.ERROR_CODE);
        assertThat(error[2] * 100 + error[3]).isEqualTo(code);
        assertThat(peer.take()).as("no path").containsExactly("answer 1");
        assertThat(ice.state()).isEqualTo(IceState.NEW);
    }

    @Test
    void two_controlled_sides_are_a_conflict() {
        var check = peer.begin(OURS.ufrag()).attribute(StunAttribute.PRIORITY, new byte[4]);

        expectRefusal(check.attribute(StunAttribute.ICE_CONTROLLED, new byte[8]), 487);
    }

    @Test
    void a_check_without_a_priority_is_a_bad_request() {
        expectRefusal(peer.begin(OURS.ufrag()), 400);
    }

    @Test
    void what_must_be_understood_and_is_not_is_named() {
        expectRefusal(peer.begin(OURS.ufrag()).attribute(0x7777), 420);

        assertThat(peer.answer(OURS).value(StunAttribute.UNKNOWN_ATTRIBUTES))
                .containsExactly(0x77, 0x77);
    }

    @Test
    void the_first_path_is_used_until_another_is_nominated() {
        check(ONE);
        check(TWO);
        assertThat(ice.selectedPath()).isEqualTo(ONE);
        peer.take();

        check(TWO, Attribute.USE_CANDIDATE);
        assertThat(peer.take()).containsExactly("answer 2", "selected 2", "COMPLETED");
        check(ONE, Attribute.USE_CANDIDATE);

        assertThat(peer.take()).containsExactly("answer 1", "selected 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {StunAttribute.NOMINATION, StunAttribute.GOOG_NOMINATION})
    void of_nominations_with_a_value_the_highest_holds(int type) {
        check(ONE, Attribute.nomination(type, 1), Attribute.USE_CANDIDATE);
        check(TWO, Attribute.nomination(type, 0x8000_0000)); // unsigned
        assertThat(ice.selectedPath()).isEqualTo(TWO);

        check(ONE, Attribute.nomination(type, 0x7FFF_FFFF), Attribute.USE_CANDIDATE);
        check(ONE, Attribute.nomination(type, 0x8000_0000));
        check(ONE, Attribute.USE_CANDIDATE);

        assertThat(ice.selectedPath()).isEqualTo(TWO);
    }

    @Test
    void a_nomination_of_another_size_is_none() {
        check(ONE, Attribute.of(StunAttribute.GOOG_NOMINATION, (byte) 1, (byte) 2));

        assertThat(ice.state()).isEqualTo(IceState.CONNECTED);
    }

    @Test
    void after_a_restart_the_old_credentials_hold_until_the_new_ones_are_used() {
        check(ONE, Attribute.nomination(StunAttribute.GOOG_NOMINATION, 9));
        ice.restart(NEXT);
        assertThat(check(ONE)).isNull();
        peer.take();

        assertThat(receive(TWO, peer.check(NEXT, Attribute.USE_CANDIDATE))).isNull();

        assertThat(peer.answer(NEXT).type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(peer.take()).containsExactly("answer 2", "found 2", "selected 2");
        assertThat(check(ONE)).isEqualTo(IceDrop.WRONG_USERNAME);
        assertThat(receive(ONE, peer.check(NEXT))).isNull();
    }

    @Test
    void a_second_restart_takes_the_place_of_the_first() {
        ice.restart(NEXT);
        var third = IceCredentials.random(new Random(3));
        ice.restart(third);

        assertThat(receive(ONE, peer.check(NEXT))).isEqualTo(IceDrop.WRONG_USERNAME);
        assertThat(check(ONE)).isNull();
        assertThat(receive(ONE, peer.check(third))).isNull();
    }

    @Test
    void consent_runs_out_on_time_and_comes_back() {
        assertThat(ice.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        check(ONE, Attribute.USE_CANDIDATE);
        pass(IceLite.CONSENT_NANOS - 1);
        check(ONE);
        pass(IceLite.CONSENT_NANOS - 1);
        assertThat(ice.state()).isEqualTo(IceState.COMPLETED);
        peer.take();

        pass(1);

        assertThat(peer.take()).containsExactly("lost 1", "DISCONNECTED");
        assertThat(ice.selectedPath()).isNull();
        assertThat(ice.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        check(TWO);
        assertThat(peer.take()).containsExactly("answer 2", "found 2", "selected 2", "CONNECTED");
    }

    @Test
    void a_path_that_lives_takes_the_place_of_one_that_died() {
        check(ONE, Attribute.USE_CANDIDATE);
        check(TWO);
        pass(1);
        check(TWO);
        check(ScriptedPeer.address(3));
        pass(1);
        check(TWO);
        peer.take();

        pass(IceLite.CONSENT_NANOS - 2);

        assertThat(peer.take()).containsExactly("lost 1", "selected 2", "CONNECTED");
        check(TWO, Attribute.USE_CANDIDATE);
        assertThat(ice.state()).isEqualTo(IceState.COMPLETED);
    }

    @Test
    void only_so_many_paths_are_remembered_and_never_without_the_selected_one() {
        for (int port = 1; port <= IceLite.MAX_PATHS; port++) {
            check(ScriptedPeer.address(port));
            nowNanos++;
        }
        assertThat(peer.take()).noneMatch(line -> line.startsWith("lost"));
        check(TWO);
        nowNanos++;
        peer.take();

        check(ScriptedPeer.address(99));

        assertThat(peer.take()).containsExactly("answer 99", "lost 3", "found 99");
        assertThat(ice.selectedPath()).isEqualTo(ONE);
    }

    @Test
    void the_name_of_the_receiver_stands_before_the_colon() {
        var message = new StunMessage();
        message.wrap(peer.check(OURS));
        assertThat(IceLite.ufragOf(message)).isEqualTo(OURS.ufrag());
        message.wrap(peer.begin("").toBytes());
        assertThat(IceLite.ufragOf(message)).isNull();
        message.wrap(new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes());
        assertThat(IceLite.ufragOf(message)).isNull();
    }
}
