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
///
/// Before threads run freely Lincheck looks at every class that is loaded, and where the JVM
/// refuses one of them, at each in a step of its own that stops the JVM. After the tests of a
/// server that takes minutes. So [#stress] has a JVM to itself.
public final class Races {
    private static final Effort BRIEF = new Effort(3, 15);
    private static final Effort THOROUGH = new Effort(5, 50);
    private static final Effort LONG = new Effort(20, 200);
    /// More than a small machine has processors: Lincheck then waits without spinning.
    private static final int THREADS = 3;

    private static final int OPERATIONS = 2;

    /// Lincheck's own ten seconds are over on a busy machine before it has rewritten the classes of
    /// a first run; it then says that the run has hung.
    private static final long HUNG_MILLIS = 120_000;

    /// How often a loop may turn before Lincheck says that its thread hangs. A `ConcurrentHashMap`
    /// that grows needs more than Lincheck allows by itself.
    private static final int LOOP_TURNS = 1_000;

    private static Effort effort = BRIEF;

    private record Effort(int scenarios, int runs) {}

    private Races() {}

    /// Checks by trying the turns that threads can take.
    ///
    /// @param operations has methods with Lincheck's `@Operation`, and may have one with
    ///     `@Validate`
    /// @throws AssertionError naming the operations, their results and the turns
    public static void model(Class<?> operations) {
        ModelCheckingOptions options = settings(new ModelCheckingOptions(), effort);
        checkAndTell("turns tried", operations, managed(options, effort));
    }

    /// The same for operations that are short: all of them run side by side, as one that came
    /// before or after could hide what was lost, and more turns are tried in the brief tests, as a
    /// race of few steps needs them.
    ///
    /// @param operations as for [#model]
    /// @throws AssertionError as [#model]
    public static void modelSideBySide(Class<?> operations) {
        var thorough = effort.equals(LONG) ? LONG : THOROUGH;
        ModelCheckingOptions options =
                settings(new ModelCheckingOptions(), thorough).actorsBefore(0).actorsAfter(0);
        checkAndTell("turns tried", operations, managed(options, thorough));
    }

    /// Checks by running threads for real.
    ///
    /// @param operations as for [#model]
    /// @throws AssertionError naming the operations and their results
    public static void stress(Class<?> operations) {
        if (effort.equals(LONG)) {
            stressHere(operations); // nothing else is loaded
        } else {
            StressRun.start(operations);
        }
    }

    /// The same in this JVM.
    static void stressHere(Class<?> operations) {
        StressOptions options = settings(new StressOptions(), effort);
        checkAndTell("runs", operations, options.invocationsPerIteration(effort.runs()));
    }

    private static <O extends Options<O, ?>> O settings(O options, Effort effort) {
        return options.iterations(effort.scenarios())
                .threads(THREADS)
                .actorsPerThread(OPERATIONS)
                .actorsBefore(OPERATIONS)
                .actorsAfter(OPERATIONS)
                .minimizeFailedScenario(false)
                .invocationTimeout$lincheck(HUNG_MILLIS)
                .logLevel(LoggingLevel.ERROR);
    }

    private static <O extends ManagedOptions<O, ?>> O managed(O options, Effort effort) {
        return options.invocationsPerIteration(effort.runs()).loopBound(LOOP_TURNS);
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
