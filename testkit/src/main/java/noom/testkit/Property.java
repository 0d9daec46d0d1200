// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import java.util.List;
import java.util.SplittableRandom;

/// A seeded property runner: many random cases of growing size, a failure shrunk by size.
///
/// A failure prints the seed and size; replay that one case with `-Dproperty.seed=S
/// -Dproperty.size=N`. The number of cases is `-Dproperty.cases` (1,000 unless told).
public final class Property {
    private static final int MAX_SIZE = 100;

    private Property() {}

    /// A statement that must hold for every case; it fails by throwing.
    @FunctionalInterface
    public interface Statement {
        /// Checks one case.
        void check(Case random) throws Throwable;
    }

    /// Runs the statement on random cases until one fails.
    ///
    /// @throws AssertionError naming the smallest failing size found, its seed and the cause
    public static void forAll(Statement statement) {
        Long seed = Long.getLong("property.seed");
        if (seed != null) {
            run(statement, seed, Integer.getInteger("property.size", MAX_SIZE));
            return;
        }
        int cases = Integer.getInteger("property.cases", 1_000);
        long base = System.nanoTime();
        for (int i = 0; i < cases; i++) {
            int size = 1 + i * MAX_SIZE / cases;
            long caseSeed = base + i;
            try {
                statement.check(new Case(caseSeed, size));
            } catch (Throwable _) {
                shrink(statement, caseSeed, size);
            }
        }
    }

    private static void shrink(Statement statement, long seed, int size) {
        for (int smaller = 1; smaller <= size; smaller++) {
            run(statement, seed, smaller);
        }
        throw new AssertionError("fails only at times: seed " + seed + ", size " + size);
    }

    private static void run(Statement statement, long seed, int size) {
        try {
            statement.check(new Case(seed, size));
        } catch (Throwable failure) {
            throw new AssertionError(
                    "replay with -Dproperty.seed=" + seed + " -Dproperty.size=" + size, failure);
        }
    }

    /// The randomness of one case. Sizes of generated things grow from 1 to 100 over a run.
    public static final class Case {
        private final SplittableRandom random;
        private final int size;

        private Case(long seed, int size) {
            this.random = new SplittableRandom(seed);
            this.size = size;
        }

        /// The source of randomness, for code under test that wants one.
        public SplittableRandom random() {
            return random;
        }

        /// An integer from `low` (inclusive) to `high` (exclusive).
        public int between(int low, int high) {
            return random.nextInt(low, high);
        }

        /// A length from 0 to the size of this case.
        public int length() {
            return random.nextInt(size + 1);
        }

        /// A fair coin.
        public boolean coin() {
            return random.nextBoolean();
        }

        /// One of the given values.
        public <T> T oneOf(List<T> values) {
            return values.get(random.nextInt(values.size()));
        }

        /// Random bytes, at most as many as the size of this case.
        public byte[] bytes() {
            var bytes = new byte[length()];
            random.nextBytes(bytes);
            return bytes;
        }

        /// Text of one to four UTF-8 bytes per character, never a lone surrogate.
        public String text() {
            var text = new StringBuilder();
            for (int i = length(); i > 0; i--) {
                text.appendCodePoint(codePoint());
            }
            return text.toString();
        }

        private int codePoint() {
            return switch (random.nextInt(4)) {
                case 0 -> between(0x20, 0x7F);
                case 1 -> between(0x80, 0x800);
                case 2 -> between(0xAC00, 0xD7A4); // Hangul syllables
                default -> between(0x1F300, 0x1F600);
            };
        }
    }
}
