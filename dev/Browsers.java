// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The browser tests in `e2e/`: real browsers against the real server.
final class Browsers {
    private static final Path E2E = Build.E2E;

    private Browsers() {}

    /// @param words names of tests, none for all
    /// @return how many passed
    static int run(List<String> words) {
        prepare();
        Shell.run(
                E2E,
                Map.of(),
                Shell.concat(List.of("npx", "--no-install", "playwright", "test"), words));
        return passedCount();
    }

    /// Playwright's own count.
    private static int passedCount() {
        try {
            String results = Files.readString(E2E.resolve("test-results/results.json"));
            var expected = Pattern.compile("\"expected\": (\\d+)").matcher(results);
            if (!expected.find()) {
                throw new Shell.Failure("Playwright left no count.");
            }
            return Integer.parseInt(expected.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Pictures of every screen into `docs/images`.
    static int shots() {
        prepare();
        Shell.run(E2E, List.of("npm", "run", "--silent", "shots"));
        return 0;
    }

    /// Calls across bad wires, into `bench/results/wire.txt`.
    static void deep() {
        prepare();
        Shell.run(E2E, List.of("npm", "run", "--silent", "deep"));
    }

    private static void prepare() {
        Setup.forBrowsers();
        Setup.npm(E2E);
        Setup.npm(Build.TWO_SERVERS);
        Build.program();
        Build.java("examples");
    }
}
