// SPDX-License-Identifier: Apache-2.0
package noom.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import noom.testkit.VirtualClock;
import org.junit.jupiter.api.Test;

class SimNetTest {
    private static final Duration DELAY = Duration.ofMillis(5);
    private static final InetSocketAddress HOME = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress CAFE = new InetSocketAddress("192.0.2.1", 2);

    private final VirtualClock clock = new VirtualClock();
    private final List<String> heard = new ArrayList<>();
    private final SimNet<String> net =
            new SimNet<>(
                    (datagram, note, isCopy, from) ->
                            heard.add("server: " + datagram[0] + note + " of " + from.getPort()));
    private final Link up = link();
    private final Link down = link();

    private Link link() {
        return new Link(clock, new SplittableRandom(1), LinkConditions.clean(DELAY));
    }

    private SimNet<String>.Line attach(InetSocketAddress address, String name) {
        return net.attach(
                address,
                up,
                down,
                (datagram, note, isCopy, to) ->
                        heard.add(name + ": " + datagram[0] + note + " at " + to.getPort()));
    }

    private List<String> pass() {
        clock.advance(DELAY);
        return heard;
    }

    @Test
    void a_host_and_the_server_hear_each_other() {
        var line = attach(HOME, "ada");

        line.send(new byte[] {1}, "!");
        net.send(new byte[] {2}, "?", HOME);

        assertThat(pass()).containsExactly("server: 1! of 1", "ada: 2? at 1");
    }

    @Test
    void what_goes_to_an_address_of_nobody_is_lost() {
        attach(HOME, "ada");

        net.send(new byte[] {1}, "", CAFE);

        assertThat(pass()).isEmpty();
    }

    @Test
    void who_has_moved_is_heard_from_there_and_no_more_at_the_old_place() {
        var line = attach(HOME, "ada");
        net.send(new byte[] {1}, " under way", HOME);

        line.move(CAFE);
        net.send(new byte[] {2}, "", HOME);
        net.send(new byte[] {3}, "", CAFE);
        line.send(new byte[] {4}, "");

        assertThat(line.address()).isEqualTo(CAFE);
        assertThat(pass()).containsExactly("ada: 3 at 2", "server: 4 of 2");
    }

    @Test
    void who_is_detached_hears_nothing() {
        var line = attach(HOME, "ada");

        line.detach();
        net.send(new byte[] {1}, "", HOME);

        assertThat(pass()).isEmpty();
    }

    @Test
    void an_address_may_be_somebody_elses_by_the_time_something_arrives() {
        var ada = attach(HOME, "ada");
        net.send(new byte[] {1}, "", HOME);

        ada.detach();
        attach(HOME, "bob");

        assertThat(pass()).as("it was for ada").isEmpty();
    }

    @Test
    void each_receiver_may_write_into_what_it_gets() {
        var copies = new ArrayList<byte[]>();
        var doubled = LinkConditions.clean(DELAY).unsteady(Duration.ZERO, 0, 1);
        var twice = new Link(clock, new SplittableRandom(1), doubled);
        net.attach(CAFE, up, twice, (datagram, note, isCopy, to) -> copies.add(datagram));

        net.send(new byte[] {7}, "", CAFE);
        clock.advance(Duration.ofSeconds(1));

        assertThat(copies).hasSize(2);
        copies.getFirst()[0] = 0;
        assertThat(copies.getLast()[0]).isEqualTo((byte) 7);
    }
}
