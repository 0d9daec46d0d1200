// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import noom.rtc.TransportEvent;
import noom.rtc.TransportState;
import noom.rtc.ice.IceCredentials;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import noom.sfu.WebRtcTransport;
import noom.sfu.udp.UdpStats;
import org.junit.jupiter.api.Test;

/// Two workers of one port without sockets, in virtual time: the test decides to whose socket a
/// datagram comes, and when a mailbox is emptied.
class TwoWorkersTest {
    private static final long MILLI = 1_000_000L;

    private final Map<InetSocketAddress, ScriptedPage> pages = new HashMap<>();
    private final TransportDirectory directory = new TransportDirectory();
    private final ArrayDeque<Runnable> turns = new ArrayDeque<>();
    private final Side ada = new Side();
    private final Side bob = new Side();
    private long now = 1_000 * MILLI;
    private int ports = 5_000;

    private final class Side implements MediaWorker.Out, MediaWorker.Listener {
        private final MediaWorker worker =
                new MediaWorker(
                        this,
                        turns::add,
                        () -> now,
                        new SplittableRandom(7),
                        (_, _, sink) -> new ScriptedPage.Keys(sink),
                        directory);
        private final List<InetSocketAddress> sentTo = new ArrayList<>();
        private final IceCredentials credentials = IceCredentials.random(new Random(hashCode()));
        private final WebRtcTransport transport =
                worker.openTransport(worker.openRouter(_ -> {}), credentials, this);

        @Override
        public void send(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {
            sentTo.add(to);
            pages.get(to).hear(Arrays.copyOfRange(bytes, offset, offset + lengthBytes));
        }

        @Override
        public void flush() {}

        @Override
        public void onEvent(TransportEvent event) {}

        @Override
        public void onBroken() {}

        private void hear(ScriptedPage from, byte[] datagram) {
            worker.onDatagram(ByteBuffer.wrap(datagram), from.address);
            worker.onTurnEnd();
        }

        private WorkerReport report() {
            return worker.report(new UdpStats(0, 0, 0, 0, 0, 0, 0, 0));
        }
    }

    private ScriptedPage page() {
        var page = new ScriptedPage(ports++);
        pages.put(page.address, page);
        return page;
    }

    private void runTurns() {
        while (!turns.isEmpty()) {
            turns.remove().run();
        }
    }

    @Test
    void a_connection_stands_though_all_of_it_came_to_the_others_socket() {
        var page = page();
        ada.transport.connect(ScriptedPage.FINGERPRINT, now);

        bob.hear(page, page.check(ada.credentials));
        runTurns();
        bob.hear(page, page.hello());
        runTurns();

        assertThat(ada.transport.describe().state()).isEqualTo(TransportState.CONNECTED);
        assertThat(page.answers).isEqualTo(1);
        assertThat(ada.sentTo).as("answered from the owner's socket").hasSize(1);
        assertThat(bob.sentTo).isEmpty();
        assertThat(bob.report().handedDatagrams()).isEqualTo(2);
        assertThat(ada.report().mailbox().taken()).isEqualTo(2);
        assertThat(bob.report().strangeDatagrams()).isZero();
    }

    @Test
    void what_is_the_workers_own_is_not_handed_over() {
        var page = page();

        ada.hear(page, page.check(ada.credentials));
        ada.hear(page, page.hello());
        runTurns();

        assertThat(page.answers).isEqualTo(1);
        assertThat(ada.report().handedDatagrams()).isZero();
        assertThat(bob.report().mailbox().taken()).isZero();
    }

    @Test
    void who_asks_for_its_address_is_answered_by_whoever_hears_it() {
        var page = page();

        bob.hear(page, new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes());

        assertThat(page.answers).isEqualTo(1);
        assertThat(bob.sentTo).hasSize(1);
    }

    @Test
    void what_is_nobodys_goes_no_further() {
        var page = page();

        bob.hear(page, page.check("nobody", "0123456789012345678901"));
        bob.hear(page, page.hello());
        bob.hear(page, new byte[] {1, 2, 3});
        runTurns();

        assertThat(bob.worker.strangeDatagrams()).isEqualTo(3);
        assertThat(ada.report().mailbox().taken()).isZero();
    }

    @Test
    void who_is_handed_what_it_does_not_know_does_not_hand_it_on() {
        var page = page();
        ada.hear(page, page.check(ada.credentials));
        bob.hear(page, page.hello());
        ada.worker.close(ada.transport);

        runTurns();
        bob.hear(page, page.hello());

        assertThat(ada.worker.strangeDatagrams()).isEqualTo(1);
        assertThat(bob.worker.strangeDatagrams()).as("it is nobody's by now").isEqualTo(1);
        assertThat(directory.size()).as("bob's fragment").isEqualTo(1);
    }

    @Test
    void an_address_that_is_used_again_is_the_others_from_then_on() {
        var page = page();
        ada.hear(page, page.check(ada.credentials));
        bob.transport.connect(ScriptedPage.FINGERPRINT, now);

        bob.hear(page, page.check(bob.credentials));
        runTurns();
        ada.hear(page, page.hello());
        runTurns();

        assertThat(bob.transport.describe().state()).isEqualTo(TransportState.CONNECTED);
        assertThat(ada.report().handedDatagrams()).isEqualTo(1);
    }

    @Test
    void who_gives_up_an_address_that_is_anothers_takes_nothing_from_it() {
        var page = page();
        ada.hear(page, page.check(ada.credentials));
        bob.transport.connect(ScriptedPage.FINGERPRINT, now);
        bob.hear(page, page.check(bob.credentials));

        ada.worker.close(ada.transport); // before it has heard that it lost the address
        runTurns();
        ada.hear(page, page.hello());
        runTurns();

        assertThat(bob.transport.describe().state()).isEqualTo(TransportState.CONNECTED);
    }

    @Test
    void new_credentials_lead_to_the_owner_too() {
        var page = page();
        var fresh = IceCredentials.random(new Random(99));
        ada.worker.restartIce(ada.transport, fresh);

        bob.hear(page, page.check(fresh));
        runTurns();

        assertThat(page.answers).isEqualTo(1);
    }

    @Test
    void a_flood_to_the_others_socket_fills_the_mailbox_to_its_bound_and_is_counted() {
        var page = page();
        ada.hear(page, page.check(ada.credentials));

        for (int i = 0; i < WorkerMailbox.MAX_DISPENSABLE + 5; i++) {
            bob.hear(page, new byte[] {(byte) 0x80, 96, 0, 0});
        }

        var stats = ada.report().mailbox();
        assertThat(stats.waiting()).isEqualTo(WorkerMailbox.MAX_DISPENSABLE);
        assertThat(stats.refusedDispensable()).isEqualTo(5);
        assertThat(bob.report().handedDatagrams()).isEqualTo(WorkerMailbox.MAX_DISPENSABLE);
        runTurns();
        assertThat(ada.report().mailbox().waiting()).isZero();
    }

    @Test
    void a_worker_whose_transports_have_gone_leaves_nothing_in_the_directory() {
        var page = page();
        ada.hear(page, page.check(ada.credentials));
        assertThat(directory.size()).isEqualTo(3);

        ada.worker.close(ada.transport);
        bob.worker.close(bob.transport);

        assertThat(directory.size()).isZero();
    }
}
