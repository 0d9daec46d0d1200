// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import noom.socketio.DisconnectReason;
import noom.socketio.protocol.Packet;
import noom.socketio.protocol.Parser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HarmlessTest {
    private static int jsonChars(@Nullable Object value) {
        var packet = new Packet.Event("/", Arrays.asList("x", Harmless.of(value)), Packet.NO_ACK);
        return Parser.JSON.encode(packet).messages().getFirst().toString().length();
    }

    @Test
    void what_is_small_stays_as_it_is() {
        var value = new LinkedHashMap<String, @Nullable Object>();
        value.put("text", "ä");
        value.put("number", 1);
        value.put("long", 1L << 40);
        value.put("half", 0.5);
        value.put("truth", true);
        value.put("nothing", null);
        value.put("list", Arrays.asList(1, null, List.of()));

        assertThat(Harmless.of(value)).isEqualTo(value);
        assertThat(Harmless.of(null)).isNull();
    }

    @Test
    void what_has_no_json_is_told_by_its_kind() {
        assertThat(Harmless.of(new byte[5])).isEqualTo("<binary, 5 bytes>");
        assertThat(Harmless.of(new Thread())).isEqualTo("<Thread>");
        assertThat(Harmless.of(DisconnectReason.PING_TIMEOUT)).isEqualTo("PING_TIMEOUT");
        assertThat(Harmless.of(new Object[] {1, null})).isEqualTo(Arrays.asList(1, null));
        assertThat(Harmless.of(Map.of(1, 2))).isEqualTo(Map.of("1", 2));
        assertThat(Harmless.of(new BigDecimal("2.5"))).isEqualTo(2.5);
        assertThat(Harmless.of(BigInteger.TEN.pow(100_000))).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void long_texts_are_cut_between_characters() {
        assertThat(Harmless.of("x".repeat(1_000))).isEqualTo("x".repeat(1_000));
        assertThat(Harmless.of("x".repeat(1_001))).isEqualTo("x".repeat(1_000) + "…");
        assertThat(Harmless.text("x".repeat(999) + "😀😀")).isEqualTo("x".repeat(999) + "…");
    }

    @Test
    void long_lists_and_objects_are_cut() {
        var list = AdminPage.array(Harmless.of(Collections.nCopies(101, 1)));
        var map = new HashMap<String, Integer>();
        for (int i = 0; i < 101; i++) {
            map.put("k" + i, i);
        }

        assertThat(list).hasSize(101).endsWith("…");
        assertThat(AdminPage.object(Harmless.of(map))).hasSize(101).containsKey("…");
    }

    @Test
    void what_is_deep_is_cut() {
        @Nullable Object deep = "bottom";
        for (int i = 0; i < 1_000; i++) {
            deep = i % 2 == 0 ? Collections.singletonList(deep) : Map.of("a", deep);
        }

        assertThat(Harmless.of(deep).toString()).contains("…").doesNotContain("bottom");
    }

    @Test
    void what_contains_itself_has_an_end() {
        var list = new ArrayList<Object>();
        list.add(list);

        assertThat(Harmless.of(list).toString()).contains("…");
    }

    @Test
    void everything_together_is_bounded() {
        var wide = Collections.nCopies(100, "x".repeat(1_000));
        var wider = Collections.nCopies(100, wide);
        @Nullable Object nested = wider;
        for (int i = 0; i < 5; i++) {
            nested = Collections.nCopies(100, nested);
        }

        assertThat(jsonChars(wide)).isLessThan(2 * Harmless.MAX_CHARS);
        assertThat(jsonChars(wider)).isLessThan(2 * Harmless.MAX_CHARS);
        assertThat(jsonChars(nested)).isLessThan(2 * Harmless.MAX_CHARS);
    }

    @Test
    void an_event_is_its_name_and_its_arguments() {
        assertThat(Harmless.of("e", Arrays.asList(1, null))).containsExactly("e", 1, null);
        assertThat(Harmless.of("e".repeat(2_000), List.of()).getFirst().toString())
                .hasSize(Harmless.MAX_TEXT_CHARS + 1);
    }
}
