// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static noom.rtc.rtp.HeaderExtensions.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import noom.rtc.wire.Hex;
import org.junit.jupiter.api.Test;

class HeaderExtensionsTest {
    /// RFC 8285 §4.2, its own figure: id 1 of one byte, id 2 of two, padding, id 3 of four.
    private static final String ONE_BYTE =
            "bede0003 10aa 21bbbb 000000 33cccccccc".replace(" ", "");

    /// RFC 8285 §4.3, its own figure: id 1 empty, id 2 of one byte, padding, id 3 of four
    /// bytes.
    private static final String TWO_BYTE = "1000 0003 0100 0201bb 00 0304cccccccc".replace(" ", "");

    private final RtpPacket packet = new RtpPacket();

    private HeaderExtensions wrap(String extension) {
        String padded = extension;
        assertThat(packet.wrap(packet(padded))).as("%s", packet.refusal()).isTrue();
        return packet.extensions();
    }

    private static byte[] packet(String extension) {
        var text = extension.replace(" ", "");
        int words = (text.length() / 2 - 4 + 3) / 4;
        String profile = text.substring(0, 4);
        String elements = text.substring(8);
        return Hex.bytes(
                "90600001 00000000 00000001 %s%04x%s%s"
                        .formatted(
                                profile,
                                words,
                                elements,
                                "00".repeat(words * 4 - elements.length() / 2)));
    }

    private static List<String> elements(HeaderExtensions extensions) {
        var elements = new ArrayList<String>();
        for (int at = extensions.first(); at != ABSENT; at = extensions.next(at)) {
            String value = Hex.text(extensions.array(), at, extensions.lengthAt(at));
            elements.add(extensions.idAt(at) + "=" + value);
        }
        return elements;
    }

    @Test
    void reads_the_one_byte_form() {
        var extensions = wrap(ONE_BYTE);

        assertThat(extensions.isTwoByte()).isFalse();
        assertThat(elements(extensions)).containsExactly("1=aa", "2=bbbb", "3=cccccccc");
        assertThat(extensions.find(3)).isEqualTo(16 + 9);
        assertThat(extensions.find(4)).isEqualTo(ABSENT);
        assertThat(extensions.find(0)).isEqualTo(ABSENT);
    }

    @Test
    void reads_the_two_byte_form() {
        var extensions = wrap(TWO_BYTE);

        assertThat(extensions.isTwoByte()).isTrue();
        assertThat(elements(extensions)).containsExactly("1=", "2=bb", "3=cccccccc");
        assertThat(extensions.lengthAt(extensions.find(1))).isZero();
    }

    @Test
    void the_low_bits_of_the_two_byte_profile_are_the_applications() {
        assertThat(elements(wrap("100f0000 0102aabb"))).containsExactly("1=aabb");
        assertThat(elements(wrap("10100000 0102aabb"))).isEmpty();
    }

    @Test
    void an_extension_of_another_profile_has_no_elements() {
        assertThat(elements(wrap("12340000 10aa0000"))).isEmpty();
        assertThat(wrap("12340000 10aa0000").find(1)).isEqualTo(ABSENT);
    }

    @Test
    void id_15_ends_the_one_byte_form_but_not_the_other() {
        assertThat(elements(wrap("bede0000 10aa f0bb 20cc"))).containsExactly("1=aa");
        assertThat(elements(wrap("10000000 0101aa 0f01bb 0201cc")))
                .containsExactly("1=aa", "15=bb", "2=cc");
    }

    @Test
    void id_0_with_a_length_ends_the_one_byte_form() {
        assertThat(elements(wrap("bede0000 10aa 01bbbb 20cc"))).containsExactly("1=aa");
    }

    @Test
    void the_longest_values_of_both_forms_are_read() {
        assertThat(elements(wrap("bede0000 ef" + "ab".repeat(16))))
                .containsExactly("14=" + "ab".repeat(16));
        assertThat(elements(wrap("10000000 ffff" + "ab".repeat(255))))
                .containsExactly("255=" + "ab".repeat(255));
    }

    @Test
    void of_two_elements_with_one_id_the_first_counts() {
        var extensions = wrap("bede0000 10aa 10bb");

        assertThat(extensions.array()[extensions.find(1)]).isEqualTo((byte) 0xAA);
    }

    @Test
    void finds_by_size_too() {
        var extensions = wrap(ONE_BYTE);

        assertThat(extensions.find(2, 2)).isEqualTo(extensions.find(2));
        assertThat(extensions.find(2, 3)).isEqualTo(ABSENT);
        assertThat(extensions.find(7, 1)).isEqualTo(ABSENT);
    }

    @Test
    void text_is_utf_8() {
        var extensions = wrap("bede0000 4230 5f31 10aa");

        assertThat(extensions.text(4)).isEqualTo("0_1");
        assertThat(extensions.text(5)).isNull();
    }

    @Test
    void an_element_is_renamed_where_the_form_has_room() {
        var one = wrap(ONE_BYTE);
        assertThat(one.setIdAt(one.find(2), 14)).isTrue();
        assertThat(one.setIdAt(one.find(1), 15)).isFalse();
        assertThat(one.setIdAt(one.find(1), 0)).isFalse();
        assertThat(elements(one)).containsExactly("1=aa", "14=bbbb", "3=cccccccc");

        var two = wrap(TWO_BYTE);
        assertThat(two.setIdAt(two.find(2), 255)).isTrue();
        assertThat(two.setIdAt(two.find(1), 256)).isFalse();
        assertThat(elements(two)).containsExactly("1=", "255=bb", "3=cccccccc");
    }

    @Test
    void a_dropped_element_becomes_padding() {
        for (String bytes : List.of(ONE_BYTE, TWO_BYTE)) {
            for (int id = 1; id <= 3; id++) {
                var extensions = wrap(bytes);
                var others = elements(extensions);
                int dropped = id;
                others.removeIf(element -> element.startsWith(dropped + "="));

                extensions.dropAt(extensions.find(id));

                assertThat(elements(extensions)).isEqualTo(others);
                assertThat(packet.wrap(packet.array())).isTrue();
                assertThat(elements(packet.extensions())).isEqualTo(others);
            }
        }
    }

    @Test
    void values_are_written_over_only_where_the_size_fits() {
        var extensions = wrap("bede0000 22aaaaaa 31bbbb");

        assertThat(extensions.set24(2, 0x01_020304)).isTrue();
        assertThat(extensions.set16(3, 0x1_FFFE)).isTrue();
        assertThat(extensions.set16(2, 0)).isFalse();
        assertThat(extensions.set24(3, 0)).isFalse();
        assertThat(extensions.set16(9, 0)).isFalse();
        assertThat(elements(extensions)).containsExactly("2=020304", "3=fffe");
    }

    @Test
    void a_packet_goes_from_one_browsers_numbers_to_anothers() {
        // What Chromium and Firefox negotiate for video; the two even swap numbers.
        var chromium =
                ids(
                        Map.of(
                                KnownExtension.MID, 4,
                                KnownExtension.ABS_SEND_TIME, 2,
                                KnownExtension.TRANSPORT_CC, 3,
                                KnownExtension.VIDEO_ORIENTATION, 13));
        var firefox =
                ids(
                        Map.of(
                                KnownExtension.MID, 3,
                                KnownExtension.ABS_SEND_TIME, 4,
                                KnownExtension.TRANSPORT_CC, 7));
        var extensions = wrap("bede0000 4030 22aaaaaa 310001 d003 6099");

        assertThat(extensions.renumber(chromium, firefox)).isZero();

        assertThat(elements(extensions)).containsExactly("3=30", "4=aaaaaa", "7=0001");
    }

    @Test
    void what_has_no_room_in_the_form_is_dropped_and_counted() {
        var from = ids(Map.of(KnownExtension.MID, 1, KnownExtension.RID, 2));
        var to = ids(Map.of(KnownExtension.MID, 16, KnownExtension.RID, 3));

        var oneByte = wrap("bede0000 10aa 20bb");
        assertThat(oneByte.renumber(from, to)).isOne();
        assertThat(elements(oneByte)).containsExactly("3=bb");

        var twoByte = wrap("10000000 0101aa 0201bb");
        assertThat(twoByte.renumber(from, to)).isZero();
        assertThat(elements(twoByte)).containsExactly("16=aa", "3=bb");
    }

    private static ExtensionIds ids(Map<KnownExtension, Integer> ids) {
        return ExtensionIds.of(ids).orElseThrow();
    }
}
