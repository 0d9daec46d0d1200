// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import noom.testkit.Property;
import noom.testkit.VirtualClock;
import org.junit.jupiter.api.Test;

class StunResponderTest {
    private static final byte[] ID = Rfc5769.hex("000102030405060708090a0b");
    private static final InetSocketAddress ALICE = new InetSocketAddress("192.0.2.7", 40_000);
    private static final InetSocketAddress BOB = new InetSocketAddress("2001:db8::b0b", 50_000);

    private final VirtualClock clock = new VirtualClock();
    private final StunResponder responder = new StunResponder(clock.nowNanos());
    private final StunWriter writer = new StunWriter();

    @Test
    void tells_an_ipv4_source_its_address_in_32_bytes() {
        byte[] answer = answer(bindingRequest(), ALICE);

        assertThat(answer).hasSize(32);
        assertThat(addressIn(answer)).isEqualTo(ALICE);
        assertThat(responder.stats().answeredCount()).isEqualTo(1);
    }

    @Test
    void tells_an_ipv6_source_its_address_in_44_bytes() {
        byte[] answer = answer(bindingRequest(), BOB);

        assertThat(answer).hasSize(44);
        assertThat(addressIn(answer)).isEqualTo(BOB);
    }

    @Test
    void a_long_request_gets_no_longer_answer() {
        byte[] request =
                writer.begin(StunMessage.BINDING_REQUEST, ID)
                        .attribute(StunAttribute.SOFTWARE, new byte[1_000])
                        .fingerprint()
                        .toBytes();

        assertThat(answer(request, ALICE)).hasSize(32);
    }

    @Test
    void requests_with_credentials_meet_silence() {
        var key = MessageIntegrity.ofShortTerm("x");
        var requests =
                new byte[][] {
                    Rfc5769.SAMPLE_REQUEST,
                    Rfc5769.LONG_TERM_REQUEST,
                    request().attribute(StunAttribute.USERNAME).toBytes(),
                    request().attribute(StunAttribute.USERHASH, new byte[32]).toBytes(),
                    request().messageIntegrity(key).toBytes(),
                    request()
                            .attribute(StunAttribute.MESSAGE_INTEGRITY_SHA256, new byte[32])
                            .toBytes(),
                };

        for (var bytes : requests) {
            assertThat(answer(bytes, ALICE)).isNull();
        }
        assertThat(dropped(StunDrop.CREDENTIALS_UNKNOWN)).isEqualTo(requests.length);
    }

    @Test
    void nothing_but_a_binding_request_is_answered() {
        int answered = 0;
        for (int type = 0; type < 0x4000; type++) {
            if (answer(writer.begin(type, ID).toBytes(), ALICE) != null) {
                answered++;
            }
        }

        assertThat(answered).isEqualTo(1);
        assertThat(dropped(StunDrop.NOT_BINDING_REQUEST)).isEqualTo(0x3FFF);
    }

    @Test
    void its_own_answers_meet_silence_so_that_two_responders_never_talk() {
        byte[] success = answer(bindingRequest(), ALICE);
        byte[] error = answer(request().attribute(0x7ABC, new byte[12]).toBytes(), ALICE);

        assertThat(answer(success, ALICE)).isNull();
        assertThat(answer(error, ALICE)).isNull();
    }

    @Test
    void an_unknown_attribute_is_refused_if_the_refusal_is_no_longer_than_the_request() {
        byte[] fits = request().attribute(0x7ABC, new byte[12]).toBytes();
        byte[] tooShort = request().attribute(0x7ABC, new byte[8]).toBytes();

        byte[] refusal = answer(fits, ALICE);

        assertThat(refusal).hasSameSizeAs(fits);
        var message = new StunMessage();
        assertThat(message.wrap(refusal)).isTrue();
        assertThat(message.type()).isEqualTo(StunMessage.BINDING_ERROR);
        assertThat(message.transactionId()).isEqualTo(ID);
        assertThat(message.value(StunAttribute.ERROR_CODE)).containsExactly(0, 0, 4, 20);
        assertThat(message.value(StunAttribute.UNKNOWN_ATTRIBUTES)).containsExactly(0x7A, 0xBC);
        assertThat(responder.stats().refusedCount()).isEqualTo(1);
        assertThat(answer(tooShort, ALICE)).isNull();
        assertThat(dropped(StunDrop.UNKNOWN_ATTRIBUTE)).isEqualTo(1);
    }

    @Test
    void a_request_full_of_unknown_attributes_gets_no_longer_refusal() {
        var request = request();
        for (int type = 0; type < 370; type++) {
            request.attribute(0x7000 + type);
        }
        byte[] bytes = request.toBytes();

        assertThat(answer(bytes, ALICE)).isNotNull().hasSizeLessThan(bytes.length);
    }

    @Test
    void garbage_meets_silence_and_is_counted_by_reason() {
        var noCookie = bindingRequest();
        noCookie[4] = 0;
        var wrongPrint = request().fingerprint().toBytes();
        wrongPrint[27] ^= 1;

        assertThat(answer(new byte[0], ALICE)).isNull();
        assertThat(answer(new byte[2_000], ALICE)).isNull();
        assertThat(answer(noCookie, ALICE)).isNull();
        assertThat(answer(wrongPrint, ALICE)).isNull();
        assertThat(answer(new byte[] {22, (byte) 0xFE, (byte) 0xFD}, ALICE)).isNull();

        assertThat(dropped(StunDrop.TOO_SHORT)).isEqualTo(2);
        assertThat(dropped(StunDrop.TOO_LONG)).isEqualTo(1);
        assertThat(dropped(StunDrop.BAD_COOKIE)).isEqualTo(1);
        assertThat(dropped(StunDrop.BAD_FINGERPRINT)).isEqualTo(1);
        assertThat(responder.stats().answeredCount()).isZero();
    }

    @Test
    void a_source_gets_20_answers_at_once_and_then_20_per_second() {
        assertThat(answersTo(ALICE, 20)).isEqualTo(20);
        assertThat(answersTo(ALICE, 1)).isZero();
        assertThat(dropped(StunDrop.SOURCE_TOO_FAST)).isEqualTo(1);

        clock.advance(Duration.ofMillis(50).minusNanos(1));
        assertThat(answersTo(ALICE, 1)).isZero();
        clock.advance(Duration.ofNanos(1));
        assertThat(answersTo(ALICE, 2)).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(answersTo(ALICE, 100)).isEqualTo(20);
        assertThat(answersTo(BOB, 100)).isEqualTo(20);
    }

    @Test
    void ports_of_an_address_and_addresses_of_an_ipv6_network_share_one_allowance() {
        assertThat(answersTo(ALICE, 20)).isEqualTo(20);
        assertThat(answersTo(new InetSocketAddress(ALICE.getAddress(), 1), 1)).isZero();

        assertThat(answersTo(BOB, 20)).isEqualTo(20);
        assertThat(answersTo(new InetSocketAddress("2001:db8::1234:5678", 1), 1)).isZero();
        assertThat(answersTo(new InetSocketAddress("2001:db8:0:1::b0b", 1), 1)).isEqualTo(1);
    }

    @Test
    void the_node_gives_1000_answers_at_once_and_then_1000_per_second() {
        assertThat(answersToFreshSources(1_000)).isEqualTo(1_000);
        assertThat(answersToFreshSources(1)).isZero();
        assertThat(dropped(StunDrop.NODE_TOO_FAST)).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(answersToFreshSources(2)).isEqualTo(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(answersToFreshSources(1_001)).isEqualTo(1_000);
    }

    @Test
    void a_source_refused_by_its_own_limit_takes_nothing_from_the_others() {
        assertThat(answersTo(ALICE, 5_000)).isEqualTo(20);

        assertThat(answersToFreshSources(980)).isEqualTo(980);
    }

    @Test
    void the_4097th_source_pushes_out_the_one_not_heard_for_longest() {
        answersTo(ALICE, 1);
        answersTo(BOB, 1);
        for (int i = 0; i < StunResponder.MAX_SOURCES - 2; i++) {
            clock.advance(Duration.ofMillis(1));
            answersToFreshSources(1);
        }
        assertThat(responder.sourceCount()).isEqualTo(StunResponder.MAX_SOURCES);
        answersTo(ALICE, 1);

        answersToFreshSources(1);

        assertThat(responder.sourceCount()).isEqualTo(StunResponder.MAX_SOURCES);
        assertThat(responder.remembers(ALICE)).isTrue();
        assertThat(responder.remembers(BOB)).isFalse();
    }

    @Test
    void flooding_the_table_wins_a_source_no_more_than_its_allowance() {
        int answered = answersTo(ALICE, 100);
        for (int i = 0; i < 1_000; i++) {
            clock.advance(Duration.ofMillis(1));
            answersToFreshSources(50);
            answered += answersTo(ALICE, 1);
        }

        assertThat(answered).isLessThanOrEqualTo(40);
        assertThat(responder.sourceCount()).isLessThanOrEqualTo(StunResponder.MAX_SOURCES);
    }

    @Test
    void whatever_comes_the_answer_is_32_or_44_bytes_or_no_longer_than_the_request() {
        Property.forAll(
                random -> {
                    var request = writer.begin(StunMessage.BINDING_REQUEST, ID);
                    for (int i = random.between(0, 5); i > 0; i--) {
                        int type = random.between(0, 0x10000);
                        request.attribute(
                                type == StunAttribute.FINGERPRINT ? 0 : type, random.bytes());
                    }
                    byte[] bytes = request.toBytes();
                    if (random.coin()) {
                        bytes[random.between(0, bytes.length)] ^= (byte) random.between(1, 256);
                    }
                    var before = bytes.clone();
                    clock.advance(Duration.ofSeconds(1));

                    byte[] answer = answer(bytes, random.coin() ? ALICE : BOB);

                    assertThat(bytes).isEqualTo(before);
                    if (answer != null && answer.length != 32 && answer.length != 44) {
                        assertThat(answer.length).isLessThanOrEqualTo(bytes.length);
                    }
                });
    }

    private int answersTo(InetSocketAddress source, int requests) {
        int answered = 0;
        for (int i = 0; i < requests; i++) {
            if (answer(bindingRequest(), source) != null) {
                answered++;
            }
        }
        return answered;
    }

    private int answersToFreshSources(int requests) {
        int answered = 0;
        for (int i = 0; i < requests; i++) {
            answered += answersTo(freshSource(), 1);
        }
        return answered;
    }

    private int nextSource = 0x0A00_0001;

    private InetSocketAddress freshSource() {
        var ip = ByteBuffer.allocate(4).putInt(nextSource++).array();
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), 1_234);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] answer(byte[] datagram, InetSocketAddress source) {
        return responder.answer(datagram, source, clock.nowNanos());
    }

    private long dropped(StunDrop reason) {
        return responder.stats().droppedCount(reason);
    }

    private StunWriter request() {
        return new StunWriter().begin(StunMessage.BINDING_REQUEST, ID);
    }

    private byte[] bindingRequest() {
        return request().toBytes();
    }

    private static InetSocketAddress addressIn(byte[] answer) {
        var message = new StunMessage();
        assertThat(message.wrap(answer)).isTrue();
        assertThat(message.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
        assertThat(message.transactionId()).isEqualTo(ID);
        return message.xorMappedAddress();
    }
}
