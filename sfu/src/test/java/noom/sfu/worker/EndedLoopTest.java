// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import noom.rtc.TransportEvent;
import noom.rtc.dtls.DtlsMailbox;
import noom.rtc.ice.IceCredentials;
import org.junit.jupiter.api.Test;

/// A worker whose event loop takes no tasks any more.
class EndedLoopTest implements MediaWorker.Out, MediaWorker.Listener {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void send(byte[] bytes, int offset, int lengthBytes, InetSocketAddress to) {}

    @Override
    public void flush() {}

    @Override
    public void onEvent(TransportEvent event) {}

    @Override
    public void onBroken() {}

    @Test
    void what_a_handshake_says_after_the_loop_has_ended_is_dropped() {
        var mailboxes = new ArrayList<DtlsMailbox>();
        var ended =
                new MediaWorker(
                        this,
                        _ -> {
                            throw new RejectedExecutionException("event executor terminated");
                        },
                        () -> 0,
                        new SplittableRandom(7),
                        (_, owner, sink) -> {
                            mailboxes.add(owner);
                            return new ScriptedPage.Keys(sink);
                        });
        ended.openTransport(
                        ended.openRouter(heard::add), IceCredentials.random(new Random(1)), this)
                .connect(ScriptedPage.FINGERPRINT, 0);

        assertThat(mailboxes).hasSize(1);
        mailboxes.getFirst().tell(() -> heard.add("told"));

        assertThat(heard).doesNotContain("told");
    }
}
