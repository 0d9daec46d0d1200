// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import org.jetbrains.lincheck.datastructures.ManagedOptions;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/// Looks for races with Lincheck: it makes up scenarios of a class's operations, runs them in
/// several threads, and fails when the results are those of no order in which they could have been
/// run one after the other.
///
/// [#model] tries the ways in which the threads can take turns and tells the one that fails;
/// [#stress] lets the machine take the turns, for code that starts threads itself. Both are brief
/// unless the program was started with [#main], as `./noom deep races` does.
public final class Races {
    private static final Effort BRIEF = new Effort(3, 15);
    private static final Effort LONG = new Effort(20, 200);
    /// More than a small machine has processors: Lincheck then waits without spinning.
    private static final int THREADS = 3;

    private static final int OPERATIONS = 2;

    private static Effort effort = BRIEF;

    private record Effort(int scenarios, int runs) {}

    private Races() {}

    /// Checks by trying the turns that threads can take.
    ///
    /// @param operations has methods with Lincheck's `@Operation`, and may have one with
    ///     `@Validate`
    /// @throws AssertionError naming the operations, their results and the turns
    public static void model(Class<?> operations) {
        ModelCheckingOptions options = settings(new ModelCheckingOptions());
        checkAndTell("turns tried", operations, managed(options));
    }

    /// Checks by running threads for real.
    ///
    /// @param operations as for [#model]
    /// @throws AssertionError naming the operations and their results
    public static void stress(Class<?> operations) {
        StressOptions options = settings(new StressOptions());
        checkAndTell("runs", operations, options.invocationsPerIteration(effort.runs()));
    }

    private static <O extends Options<O, ?>> O settings(O options) {
        return options.iterations(effort.scenarios())
                .threads(THREADS)
                .actorsPerThread(OPERATIONS)
                .actorsBefore(OPERATIONS)
                .actorsAfter(OPERATIONS)
                .minimizeFailedScenario(false)
                .logLevel(LoggingLevel.ERROR);
    }

    private static <O extends ManagedOptions<O, ?>> O managed(O options) {
        return options.invocationsPerIteration(effort.runs());
    }

    private static void checkAndTell(String what, Class<?> operations, Options<?, ?> options) {
        options.check(operations);
        if (effort.equals(LONG)) {
            System.out.printf(
                    "%s: %,d scenarios, %,d %s of each, no race%n",
                    operations.getSimpleName(), effort.scenarios(), effort.runs(), what);
        }
    }

    /// Runs the tests of a class with long checks; fails as they do.
    public static void main(String[] classNames) throws ReflectiveOperationException {
        effort = LONG;
        for (var className : classNames) {
            runTests(Class.forName(className));
        }
        System.exit(0); // Lincheck leaves threads
    }

    private static void runTests(Class<?> tests) throws ReflectiveOperationException {
        var methods = tests.getDeclaredMethods();
        Arrays.sort(methods, Comparator.comparing(method -> method.getName()));
        for (var method : methods) {
            if (method.isAnnotationPresent(Test.class)
                    && !Modifier.isStatic(method.getModifiers())) {
                var constructor = tests.getDeclaredConstructor();
                constructor.setAccessible(true);
                method.setAccessible(true);
                method.invoke(constructor.newInstance());
            }
        }
    }
}
