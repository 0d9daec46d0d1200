// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

/// Any pattern of loss, reordering, omission and change of source.
class SeqRewriterPropertyTest {
    /// One packet of one source on its way in.
    private record Sent(int source, int seq, int order, boolean isLeftOut) {}

    /// Packets of several sources after each other, some left out; then some lost, and all
    /// moved about by a few places within their source.
    private static List<Sent> arrivals(Property.Case random, List<Sent> sent) {
        int order = 0;
        var arrivals = new ArrayList<Sent>();
        for (int source = 0; source < random.between(1, 5); source++) {
            int first = random.between(0, 65_536);
            var mine = new ArrayList<Sent>();
            int count = 1 + random.length();
            for (int i = 0; i < count; i++) {
                boolean isLeftOut = i > 0 && random.between(0, 3) == 0;
                mine.add(new Sent(source, (first + i) & 0xFFFF, order++, isLeftOut));
            }
            sent.addAll(mine);
            var delayed = new TreeMap<Integer, Sent>();
            for (int i = 0; i < count; i++) {
                int delay = i == 0 ? 0 : random.between(0, 6);
                if (i == 0 || random.between(0, 8) > 0) {
                    delayed.put((i + delay) * 1_000 + i, mine.get(i));
                }
            }
            arrivals.addAll(delayed.values());
        }
        return arrivals;
    }

    @Test
    void what_goes_out_is_in_order_without_repetition_and_holes_are_losses_only() {
        Property.forAll(
                random -> {
                    var sent = new ArrayList<Sent>();
                    var arrivals = arrivals(random, sent);
                    int start = random.between(0, 65_536);
                    var seqs = new SeqRewriter(16, start);
                    var outOf = new HashMap<Sent, Integer>();
                    int source = -1;
                    for (var packet : arrivals) {
                        if (packet.source != source) {
                            seqs.resync(packet.seq, 16, false);
                            source = packet.source;
                        }
                        if (packet.isLeftOut) {
                            seqs.drop(packet.seq);
                            assertThat(seqs.rewrite(packet.seq)).isEqualTo(SeqRewriter.DROPPED);
                        } else {
                            int out = seqs.rewrite(packet.seq);
                            assertThat(out).isNotEqualTo(SeqRewriter.DROPPED);
                            assertThat(seqs.rewrite(packet.seq)).isEqualTo(out);
                            outOf.put(packet, (out - start) & 0xFFFF);
                        }
                    }
                    assertThat(new HashSet<>(outOf.values())).hasSameSizeAs(outOf.values());
                    checkOrder(sent, arrivals, outOf);
                });
    }

    private static void checkOrder(List<Sent> sent, List<Sent> arrivals, Map<Sent, Integer> outOf) {
        var arrived = new HashSet<>(arrivals);
        int previous = -1;
        int missing = 0;
        int source = 0;
        for (var packet : sent) {
            if (packet.source != source) {
                source = packet.source;
                missing = 0; // what was lost at a source's end cannot be known
            }
            Integer out = outOf.get(packet);
            if (out == null) {
                missing += isHoleAllowed(packet, arrivals, arrived) ? 1 : 0;
                continue;
            }
            assertThat(out).isGreaterThan(previous);
            assertThat(out - previous - 1).isLessThanOrEqualTo(missing);
            previous = out;
            missing = 0;
        }
    }

    /// A lost packet leaves a hole; one left out only if a later one had come before it.
    private static boolean isHoleAllowed(Sent packet, List<Sent> arrivals, Set<Sent> arrived) {
        if (!arrived.contains(packet)) {
            return true;
        }
        int at = arrivals.indexOf(packet);
        return arrivals.subList(0, at).stream()
                .anyMatch(p -> p.source == packet.source && p.order > packet.order && !p.isLeftOut);
    }

    @Test
    void without_loss_and_reordering_there_is_no_hole_at_all() {
        Property.forAll(
                random -> {
                    int start = random.between(0, 65_536);
                    var seqs = new SeqRewriter(16, start);
                    int expected = start;
                    for (int source = 0; source < 4; source++) {
                        int in = random.between(0, 65_536);
                        seqs.resync(in, 16, false);
                        for (int i = 0; i <= random.length(); i++) {
                            if (i > 0 && random.coin()) {
                                seqs.drop((in + i) & 0xFFFF);
                            } else {
                                assertThat(seqs.rewrite((in + i) & 0xFFFF)).isEqualTo(expected);
                                expected = (expected + 1) & 0xFFFF;
                            }
                        }
                    }
                });
    }
}
