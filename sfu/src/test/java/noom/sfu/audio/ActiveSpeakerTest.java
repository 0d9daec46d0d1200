// SPDX-License-Identifier: Apache-2.0
package noom.sfu.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class ActiveSpeakerTest {
    private static final long MILLI = 1_000_000L;
    private static final int SPEECH_DB = 25;
    private static final int NOISE_DB = 70;

    private final List<String> told = new ArrayList<>();
    private final ActiveSpeaker speaker = new ActiveSpeaker(told::add);
    private final Voice alice = new Voice("alice");
    private final Voice bob = new Voice("bob");
    private long now;

    private void join() {
        speaker.add(alice);
        speaker.add(bob);
    }

    /// Both send a packet each 20 ms for so long.
    private void talk(long millis, int aliceDb, int bobDb) {
        for (long end = now + millis * MILLI; now < end; now += 20 * MILLI) {
            alice.onPacket(aliceDb, now);
            bob.onPacket(bobDb, now);
            speaker.advance(now);
        }
    }

    @Test
    void who_speaks_gets_the_floor_within_a_second() {
        join();
        talk(1_000, SPEECH_DB, NOISE_DB);

        assertThat(told).containsExactly("alice");
    }

    @Test
    void noise_gets_no_floor() {
        join();
        talk(5_000, NOISE_DB, Voice.SILENCE_DB);

        assertThat(told).isEmpty();
    }

    @Test
    void the_floor_goes_over_when_another_speaks_and_the_first_is_silent() {
        join();
        talk(2_000, SPEECH_DB, NOISE_DB);
        talk(2_000, NOISE_DB, SPEECH_DB);
        talk(2_000, SPEECH_DB, NOISE_DB);

        assertThat(told).containsExactly("alice", "bob", "alice");
    }

    @Test
    void a_cough_does_not_take_the_floor() {
        join();
        talk(2_000, SPEECH_DB, NOISE_DB);
        talk(60, SPEECH_DB, 5);
        talk(2_000, SPEECH_DB, NOISE_DB);

        assertThat(told).containsExactly("alice");
    }

    @Test
    void a_pause_for_breath_does_not_lose_the_floor() {
        join();
        talk(2_000, SPEECH_DB, NOISE_DB);
        talk(400, NOISE_DB, NOISE_DB);
        talk(2_000, SPEECH_DB, NOISE_DB);

        assertThat(told).containsExactly("alice");
    }

    @Test
    void who_speaks_over_another_does_not_take_the_floor() {
        join();
        talk(2_000, SPEECH_DB, NOISE_DB);
        talk(2_000, SPEECH_DB, SPEECH_DB);

        assertThat(told).containsExactly("alice");
    }

    @Test
    void who_leaves_gives_the_floor_back() {
        join();
        talk(2_000, SPEECH_DB, NOISE_DB);

        speaker.remove(alice);
        assertThat(told).containsExactly("alice", ActiveSpeaker.NOBODY);
        speaker.remove(bob);
        assertThat(told).hasSize(2);
        assertThat(speaker.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void it_decides_at_its_own_pace() {
        join();
        speaker.advance(0);
        assertThat(speaker.nextDeadlineNanos()).isEqualTo(ActiveSpeaker.INTERVAL_NANOS);
        now = 1;
        for (; now < ActiveSpeaker.INTERVAL_NANOS; now += 20 * MILLI) {
            alice.onPacket(SPEECH_DB, now);
            speaker.advance(now);
        }
        assertThat(told).isEmpty();
        speaker.advance(ActiveSpeaker.INTERVAL_NANOS);
        assertThat(told).containsExactly("alice");
    }

    @Test
    void levels_are_told_loudest_first_without_the_quiet() {
        var voices = new ArrayList<Voice>();
        for (int i = 0; i < 8; i++) {
            voices.add(new Voice("v" + i));
        }
        for (int step = 0; step < 50; step++) {
            for (int i = 0; i < 8; i++) {
                voices.get(i).onPacket(i < 2 ? 80 + i : 60 - i, 20L * step * MILLI);
            }
        }

        var entries = AudioLevels.loudest(voices, 980 * MILLI);
        assertThat(entries).hasSize(AudioLevels.MAX_ENTRIES);
        assertThat(entries.getFirst()).isEqualTo(new AudioLevels.Entry("v7", 53));
        assertThat(AudioLevels.loudest(voices.subList(0, 2), 980 * MILLI))
                .containsExactly(new AudioLevels.Entry("v0", 80));
        assertThat(AudioLevels.loudest(voices, 5_000 * MILLI)).isEmpty();
    }

    @Test
    void the_last_who_spoke_are_chosen_after_the_pinned_and_never_oneself() {
        var last = new LastN();
        for (var id : List.of("a", "b", "c", "d")) {
            last.add(id);
        }
        last.add("a");
        last.onActiveSpeaker("c");
        last.onActiveSpeaker("d");
        last.onActiveSpeaker("nobody");

        assertThat(last.choose("a", Set.of(), 2)).containsExactly("d", "c");
        assertThat(last.choose("d", Set.of(), 9)).containsExactly("c", "a", "b");
        assertThat(last.choose("a", Set.of("b", "a", "gone"), 2)).containsExactly("b", "d");
        assertThat(last.choose("a", Set.of(), 0)).isEmpty();
        last.remove("d");
        assertThat(last.choose("a", Set.of(), 1)).containsExactly("c");
    }

    @Test
    void the_floor_is_held_by_who_is_there_and_has_spoken() {
        Property.forAll(
                random -> {
                    var holder = new String[] {ActiveSpeaker.NOBODY};
                    var floor = new ActiveSpeaker(id -> holder[0] = id);
                    var voices = new ArrayList<Voice>();
                    var loud = new ArrayList<String>();
                    long time = 0;
                    for (int i = 0; i < random.length() * 10; i++) {
                        time += 20 * MILLI;
                        if (random.between(0, 40) == 0 || voices.isEmpty()) {
                            voices.add(new Voice("v" + i));
                            floor.add(voices.getLast());
                        } else if (random.between(0, 40) == 0) {
                            floor.remove(voices.removeFirst());
                        }
                        for (var voice : voices) {
                            int level = random.between(0, 128);
                            voice.onPacket(level, time);
                            loud.add(voice.id());
                        }
                        floor.advance(time);
                        boolean isThere = voices.stream().anyMatch(v -> v.id().equals(holder[0]));
                        assertThat(isThere || holder[0].isEmpty()).isTrue();
                        assertThat(holder[0].isEmpty() || loud.contains(holder[0])).isTrue();
                    }
                });
    }
}
