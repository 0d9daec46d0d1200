// SPDX-License-Identifier: Apache-2.0
package noom.sfu.audio;

import static org.assertj.core.api.Assertions.assertThat;

import noom.testkit.Allocation;
import org.junit.jupiter.api.Test;

class VoiceTest {
    private static final long MILLI = 1_000_000L;

    private final Voice voice = new Voice("v");

    @Test
    void a_voice_that_was_not_heard_is_silent() {
        assertThat(voice.meanAttenuationDb(0)).isEqualTo(Voice.SILENCE_DB);
        assertThat(voice.id()).isEqualTo("v");
    }

    @Test
    void the_mean_is_over_a_second() {
        for (int i = 0; i < 25; i++) {
            voice.onPacket(27, 20L * i * MILLI);
        }

        assertThat(voice.meanAttenuationDb(480 * MILLI)).isEqualTo(Voice.SILENCE_DB - 50);
        assertThat(voice.meanAttenuationDb(980 * MILLI)).isEqualTo(Voice.SILENCE_DB - 50);
        assertThat(voice.meanAttenuationDb(1_480 * MILLI)).isEqualTo(Voice.SILENCE_DB);
    }

    @Test
    void of_two_packets_in_one_step_the_louder_counts() {
        voice.onPacket(27, 0);
        voice.onPacket(120, MILLI);

        assertThat(voice.loudness(0)).isEqualTo(100);
    }

    @Test
    void steps_that_were_not_heard_are_silent() {
        voice.onPacket(27, 0);
        voice.onPacket(27, 60 * MILLI);

        assertThat(voice.loudness(0)).isEqualTo(100);
        assertThat(voice.loudness(1)).isZero();
        assertThat(voice.loudness(2)).isZero();
        assertThat(voice.loudness(3)).isEqualTo(100);
    }

    @Test
    void after_a_long_silence_nothing_is_left() {
        voice.onPacket(0, 0);
        voice.onPacket(127, 10_000 * MILLI);

        assertThat(voice.meanAttenuationDb(10_000 * MILLI)).isEqualTo(Voice.SILENCE_DB);
    }

    @Test
    void a_packet_makes_no_garbage() {
        Runnable talk =
                () -> {
                    for (int i = 0; i < 20_000; i++) {
                        voice.onPacket(30, 20L * i * MILLI);
                    }
                };
        talk.run();

        assertThat(Allocation.bytesDuring(talk)).isLessThan(20_000);
    }
}
