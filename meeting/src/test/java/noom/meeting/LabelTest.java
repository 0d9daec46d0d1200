// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class LabelTest {
    private static final String FAMILY =
            new String(Character.toChars(0x1F468))
                    + '\u200D'
                    + new String(Character.toChars(0x1F469))
                    + '\u200D'
                    + new String(Character.toChars(0x1F467));

    @Test
    void a_name_is_trimmed_and_composed() {
        assertThat(Label.name("  서연 ")).contains("서연");
        assertThat(Label.name("\u1109\u1165")).as("decomposed as macOS sends it").contains("서");
        assertThat(Label.name("a\tb")).contains("a b");
    }

    @Test
    void an_emoji_of_a_family_is_one_cluster_of_forty() {
        assertThat(Label.name(FAMILY.repeat(40))).isPresent();
        assertThat(Label.name(FAMILY.repeat(41))).isEmpty();
    }

    @Test
    void forty_letters_are_a_name_and_forty_one_are_not() {
        assertThat(Label.name("x".repeat(40))).isPresent();
        assertThat(Label.name("x".repeat(41))).isEmpty();
        assertThat(Label.name("x".repeat(100_000))).isEmpty();
    }

    @Test
    void a_title_may_be_empty_and_has_up_to_eighty() {
        assertThat(Label.title("   ")).contains("");
        assertThat(Label.title("x".repeat(80))).isPresent();
        assertThat(Label.title("x".repeat(81))).isEmpty();
    }

    @Test
    void characters_that_change_how_others_look_are_dropped() {
        assertThat(Label.name("a\u202Eb\u2066c\u200Fd\u0007e\uFEFF")).contains("abcde");
        assertThat(Label.name("\uD800x")).contains("x");
        assertThat(Label.name("\u202E\u0000")).isEmpty();
    }

    @Test
    void cleaning_twice_changes_nothing() {
        Property.forAll(
                random ->
                        Label.title(random.text())
                                .ifPresent(once -> assertThat(Label.title(once)).contains(once)));
    }
}
