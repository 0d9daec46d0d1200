// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import noom.rtc.stun.StunMessage;
import noom.rtc.stun.StunWriter;
import org.junit.jupiter.api.Test;

class TransportTableTest implements TransportTable.Listener {
    private static final String PASSWORD = "0123456789012345678901";

    private final ScriptedPage page = new ScriptedPage(5_000);
    private final TransportTable<String> table = new TransportTable<>(this);
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onAdded(String ufrag) {
        heard.add("+" + ufrag);
    }

    @Override
    public void onRemoved(String ufrag) {
        heard.add("-" + ufrag);
    }

    @Override
    public void onBound(InetSocketAddress address) {
        heard.add("+" + address.getPort());
    }

    @Override
    public void onUnbound(InetSocketAddress address) {
        heard.add("-" + address.getPort());
    }

    private String find(byte[] datagram) {
        return table.find(ByteBuffer.wrap(datagram), page.address);
    }

    @Test
    void a_check_belongs_to_whom_it_names_wherever_it_comes_from() {
        table.add("ada1", "ada");
        table.add("bob1", "bob");
        table.bind(page.address, "bob");

        assertThat(find(page.check("ada1", PASSWORD))).isEqualTo("ada");
        assertThat(find(page.check("bob1", PASSWORD))).isEqualTo("bob");
        assertThat(find(page.check("cleo", PASSWORD))).isNull();
    }

    @Test
    void anything_else_belongs_to_who_has_proved_its_address() {
        table.bind(page.address, "ada");

        assertThat(find(page.hello())).isEqualTo("ada");
        assertThat(find(new byte[] {(byte) 0x80, 96, 0, 0})).isEqualTo("ada");
        table.unbind(page.address, "ada");
        assertThat(find(page.hello())).isNull();
    }

    @Test
    void an_address_belongs_to_the_last_who_proved_it() {
        table.bind(page.address, "ada");
        table.bind(page.address, "bob");
        table.unbind(page.address, "ada");

        assertThat(find(page.hello())).isEqualTo("bob");
    }

    @Test
    void after_a_restart_both_fragments_lead_there() {
        table.add("old1", "ada");
        table.add("new1", "ada");

        assertThat(find(page.check("old1", PASSWORD))).isEqualTo("ada");
        assertThat(find(page.check("new1", PASSWORD))).isEqualTo("ada");
    }

    @Test
    void one_fragment_names_one() {
        table.add("ada1", "ada");
        table.add("ada1", "ada");

        assertThatThrownBy(() -> table.add("ada1", "bob"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void others_hear_of_what_is_here_and_of_what_is_not_any_more() {
        table.add("ada1", "ada");
        table.bind(page.address, "ada");
        table.bind(page.address, "bob");
        table.unbind(page.address, "ada");
        assertThat(heard).containsExactly("+ada1", "+5000", "+5000");

        table.remove("ada");
        assertThat(heard).endsWith("-ada1").hasSize(4);
        table.remove("bob");
        assertThat(heard).endsWith("-5000").hasSize(5);
    }

    @Test
    void an_address_that_is_proved_elsewhere_is_forgotten_in_silence() {
        table.bind(page.address, "ada");

        table.forget(page.address);
        table.unbind(page.address, "ada");

        assertThat(find(page.hello())).isNull();
        assertThat(heard).containsExactly("+5000");
    }

    @Test
    void who_is_removed_leaves_nothing() {
        table.add("ada1", "ada");
        table.add("ada2", "ada");
        table.bind(page.address, "ada");

        table.remove("ada");

        assertThat(table.ufragCount()).isZero();
        assertThat(table.addressCount()).isZero();
    }

    @Test
    void what_names_nobody_or_is_nothing_is_nobodys() {
        table.add("ada1", "ada");
        var plain = new StunWriter().begin(StunMessage.BINDING_REQUEST, new byte[12]).toBytes();

        assertThat(find(plain)).isNull();
        assertThat(find(new byte[] {0, 1, 0})).isNull();
        assertThat(find(new byte[0])).isNull();
    }
}
