// SPDX-License-Identifier: Apache-2.0
package noom.sfu.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import noom.rtc.rtcp.Rtcp;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {
    private static final long MILLI = 1_000_000L;

    private final List<Integer> asked = new ArrayList<>();
    private final List<Rtcp.Nack.Item> items = new ArrayList<>();
    private int tooMuch;
    private final NackGenerator generator =
            new NackGenerator(
                    new NackGenerator.Sink() {
                        @Override
                        public void onMissing(List<Rtcp.Nack.Item> missing) {
                            items.addAll(missing);
                            new Rtcp.Nack(1, 2, missing).forEachLost(asked::add);
                        }

                        @Override
                        public void onTooMuchMissing() {
                            tooMuch++;
                        }
                    });

    private void receive(long now, int... seqs) {
        for (int seq : seqs) {
            generator.onPacket(seq, false, now);
        }
    }

    @Test
    void a_gap_is_asked_for_after_some_patience() {
        receive(0, 65_533, 65_534, 2);
        generator.advance(NackGenerator.PATIENCE_NANOS - 1);
        assertThat(asked).isEmpty();
        assertThat(generator.nextDeadlineNanos()).isEqualTo(NackGenerator.PATIENCE_NANOS);

        generator.advance(NackGenerator.PATIENCE_NANOS);

        assertThat(asked).containsExactly(65_535, 0, 1);
        assertThat(items).containsExactly(new Rtcp.Nack.Item(65_535, 0b11));
    }

    @Test
    void what_was_only_late_is_not_asked_for() {
        receive(0, 1, 3, 2);
        generator.advance(NackGenerator.PATIENCE_NANOS);

        assertThat(asked).isEmpty();
        assertThat(generator.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void it_asks_again_after_one_round_trip_and_gives_up_in_the_end() {
        generator.onRoundTrip(60 * MILLI);
        receive(0, 1, 3);
        long now = 0;
        for (int i = 0; i < 100; i++) {
            now += 10 * MILLI;
            generator.advance(now);
            if (i == 5) {
                assertThat(asked).hasSize(1);
            }
        }

        assertThat(asked).hasSize(NackGenerator.MAX_TRIES).containsOnly(2);
        assertThat(generator.missingCount()).isZero();
    }

    @Test
    void who_was_asked_for_and_came_is_told_apart_from_who_was_late() {
        receive(0, 1, 4);
        assertThat(generator.onPacket(2, false, 1)).isFalse();
        generator.advance(NackGenerator.PATIENCE_NANOS);

        assertThat(generator.onPacket(3, false, 20 * MILLI)).isTrue();
        assertThat(generator.onPacket(3, false, 20 * MILLI)).isFalse();
    }

    @Test
    void before_a_key_frame_nothing_is_worth_asking_for() {
        receive(0, 1, 5);
        generator.onPacket(9, true, 0);
        generator.advance(NackGenerator.PATIENCE_NANOS);

        assertThat(asked).isEmpty();
        receive(0, 11);
        generator.advance(60 * MILLI);
        assertThat(asked).containsExactly(10);
    }

    @Test
    void a_thousand_missing_are_asked_for_and_one_more_is_a_key_frame() {
        receive(0, 0, 1_001);
        assertThat(tooMuch).isZero();
        assertThat(generator.missingCount()).isEqualTo(1_000);

        receive(0, 1_003);

        assertThat(tooMuch).isOne();
        assertThat(generator.missingCount()).isZero();
    }

    @Test
    void what_is_ten_thousand_packets_old_is_forgotten() {
        receive(0, 0, 2);
        for (int i = 3; i <= NackGenerator.MAX_AGE_PACKETS + 1; i++) {
            receive(0, i);
        }
        assertThat(generator.missingCount()).isOne();

        receive(0, NackGenerator.MAX_AGE_PACKETS + 2);

        assertThat(generator.missingCount()).isZero();
    }

    @Test
    void items_span_seventeen_numbers_each() {
        receive(0, 0, 19);
        generator.advance(NackGenerator.PATIENCE_NANOS);

        assertThat(items).containsExactly(new Rtcp.Nack.Item(1, 0xFFFF), new Rtcp.Nack.Item(18, 0));
    }

    @Test
    void exactly_what_is_missing_is_asked_for_and_never_too_often() {
        Property.forAll(
                random -> {
                    asked.clear();
                    var all = new HashMap<Integer, Integer>();
                    int first = random.between(0, 65_536);
                    var mine =
                            new NackGenerator(
                                    new NackGenerator.Sink() {
                                        @Override
                                        public void onMissing(List<Rtcp.Nack.Item> missing) {
                                            new Rtcp.Nack(1, 2, missing)
                                                    .forEachLost(
                                                            s -> all.merge(s, 1, Integer::sum));
                                        }

                                        @Override
                                        public void onTooMuchMissing() {
                                            throw new AssertionError("too much");
                                        }
                                    });
                    long now = 0;
                    var lost = new ArrayList<Integer>();
                    for (int i = 0; i < random.length(); i++) {
                        int seq = (first + i) & 0xFFFF;
                        if (i > 0 && random.between(0, 4) == 0) {
                            lost.add(seq);
                        } else {
                            mine.onPacket(seq, false, now);
                        }
                        now += 5 * MILLI;
                        mine.advance(now);
                    }
                    mine.onPacket((first + random.length() + 200) & 0xFFFF, false, now);
                    for (int i = 0; i < 200; i++) {
                        now += 20 * MILLI;
                        mine.advance(now);
                    }
                    assertThat(all.keySet()).containsAll(lost);
                    assertThat(all.values()).allMatch(n -> n == NackGenerator.MAX_TRIES);
                    assertThat(mine.missingCount()).isZero();
                });
    }
}
