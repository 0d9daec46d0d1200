// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/// Races that were planted here are found; where there is none, none is.
class RacesTest {
    @Test
    void a_count_that_is_read_and_then_written_is_found_by_turns() {
        assertThatThrownBy(() -> Races.model(ReadThenWritten.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("increment(): 1");
    }

    @Test
    void so_is_an_addition_to_a_list_that_is_being_taken_away() {
        assertThatThrownBy(() -> Races.model(AddedToWhatIsTakenAway.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("add()");
    }

    @Test
    void a_broken_promise_about_the_end_is_found() {
        assertThatThrownBy(() -> Races.model(ChecksThenActs.class))
                .isInstanceOf(AssertionError.class)
                .hasStackTraceContaining("too many");
    }

    @Test
    void the_machine_finds_one_too() {
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 50; i++) {
                                Races.stressHere(ReadThenWritten.class);
                            }
                        })
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void what_it_finds_in_a_jvm_of_its_own_is_told_here() {
        assertThatThrownBy(() -> Races.stress(NeverRight.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("nothing is right");
    }

    @Test
    void an_atomic_count_has_none() {
        Races.model(Atomic.class);
        Races.stress(Atomic.class);
    }

    public static final class ReadThenWritten {
        private int count;

        @Operation
        public int increment() {
            int next = count + 1;
            count = next;
            return next;
        }
    }

    public static final class NeverRight {
        private final AtomicInteger runs = new AtomicInteger();

        @Operation
        public void run() {
            runs.incrementAndGet();
        }

        @Validate
        public void isRight() {
            if (runs.get() > 0) {
                throw new IllegalStateException("nothing is right");
            }
        }
    }

    public static final class Atomic {
        private final AtomicInteger count = new AtomicInteger();

        @Operation
        public int increment() {
            return count.incrementAndGet();
        }
    }

    public static final class AddedToWhatIsTakenAway {
        private final ConcurrentHashMap<String, List<String>> lists = new ConcurrentHashMap<>();

        @Operation
        public void add() {
            lists.computeIfAbsent("key", _ -> new CopyOnWriteArrayList<>()).add("item");
        }

        @Operation
        public void remove() {
            lists.computeIfPresent(
                    "key",
                    (_, there) -> {
                        there.remove("item");
                        return there.isEmpty() ? null : there;
                    });
        }

        @Operation
        public int count() {
            return lists.getOrDefault("key", List.of()).size();
        }
    }

    public static final class ChecksThenActs {
        private final AtomicInteger inside = new AtomicInteger();

        @Operation
        public void enter() {
            if (inside.get() < 3) {
                inside.incrementAndGet();
            }
        }

        @Validate
        public void limit() {
            if (inside.get() > 3) {
                throw new IllegalStateException("too many");
            }
        }
    }
}
