// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtensionIdsTest {
    @Test
    void every_extension_is_found_by_its_uri() {
        for (var extension : KnownExtension.values()) {
            assertThat(KnownExtension.ofUri(extension.uri())).contains(extension);
        }
        assertThat(KnownExtension.ofUri("urn:ietf:params:rtp-hdrext:csrc-audio-level")).isEmpty();
        assertThat(KnownExtension.ofUri("")).isEmpty();
    }

    @Test
    void tells_a_peers_numbers() {
        var ids = ExtensionIds.of(Map.of(KnownExtension.MID, 4)).orElseThrow();

        assertThat(ids.id(KnownExtension.MID)).isEqualTo(4);
        assertThat(ids.id(KnownExtension.RID)).isEqualTo(ExtensionIds.NONE);
    }

    @Test
    void translates_between_peers() {
        var one =
                ExtensionIds.of(Map.of(KnownExtension.MID, 4, KnownExtension.RID, 255))
                        .orElseThrow();
        var other = ExtensionIds.of(Map.of(KnownExtension.MID, 9)).orElseThrow();

        assertThat(one.translate(4, other)).isEqualTo(9);
        assertThat(other.translate(9, one)).isEqualTo(4);
        assertThat(one.translate(255, other)).isEqualTo(ExtensionIds.NONE);
        assertThat(one.translate(5, other)).isEqualTo(ExtensionIds.NONE);
        assertThat(one.translate(0, other)).isEqualTo(ExtensionIds.NONE);
    }

    @Test
    void equal_are_those_of_the_same_numbers() {
        var ids = ExtensionIds.of(Map.of(KnownExtension.MID, 4)).orElseThrow();
        var same = ExtensionIds.of(Map.of(KnownExtension.MID, 4)).orElseThrow();

        assertThat(ids).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(ids)
                .isNotEqualTo(ExtensionIds.of(Map.of(KnownExtension.MID, 5)).orElseThrow())
                .isNotEqualTo(ExtensionIds.of(Map.of(KnownExtension.RID, 4)).orElseThrow());
    }

    @Test
    void a_number_out_of_range_is_refused() {
        for (int id : new int[] {-1, 0, 15, 256, Integer.MAX_VALUE}) {
            assertThat(ExtensionIds.of(Map.of(KnownExtension.MID, id))).as("%d", id).isEmpty();
        }
        for (int id : new int[] {1, 14, 16, 255}) {
            assertThat(ExtensionIds.of(Map.of(KnownExtension.MID, id))).as("%d", id).isPresent();
        }
    }

    @Test
    void a_number_given_twice_is_refused() {
        assertThat(ExtensionIds.of(Map.of(KnownExtension.MID, 1, KnownExtension.RID, 1))).isEmpty();
    }

    @Test
    void a_peer_may_have_none() {
        assertThat(ExtensionIds.of(Map.of()).orElseThrow().id(KnownExtension.MID)).isZero();
    }
}
