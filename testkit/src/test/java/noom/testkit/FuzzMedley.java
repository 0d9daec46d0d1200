// SPDX-License-Identifier: Apache-2.0
package noom.testkit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Several fuzz targets as one for Jazzer, whose start takes longer than a brief look at a target:
/// each input names the target that gets the rest of it.
///
/// Jazzer calls the methods here by their names; its `--target_args` are the targets' classes.
@SuppressWarnings("exports") // Jazzer is not a module, and this is not for others
public final class FuzzMedley {
    private static final List<Target> TARGETS = new ArrayList<>();

    private FuzzMedley() {}

    private static final class Target {
        private final Object tests;
        private final Method method;
        private final boolean takesBytes;
        private long inputs;

        Target(Object tests, Method method) {
            this.tests = tests;
            this.method = method;
            method.setAccessible(true);
            takesBytes = method.getParameterTypes()[0] == byte[].class;
        }

        void run(FuzzedDataProvider data) throws Throwable {
            inputs++;
            Object input = takesBytes ? data.consumeRemainingAsBytes() : data;
            try {
                method.invoke(tests, input);
            } catch (InvocationTargetException e) {
                throw e.getCause(); // what Jazzer shall report
            }
        }

        String told() {
            return "%s: %,d inputs, 0 uncaught"
                    .formatted(method.getDeclaringClass().getSimpleName(), inputs);
        }
    }

    /// Finds the targets.
    ///
    /// @param classNames of classes with methods that are a [FuzzTest]
    /// @throws IllegalArgumentException if a class has none
    public static void fuzzerInitialize(String[] classNames) throws ReflectiveOperationException {
        for (var name : classNames) {
            var found = targetsOf(Class.forName(name));
            if (found.isEmpty()) {
                throw new IllegalArgumentException(name + " has no fuzz test");
            }
            TARGETS.addAll(found);
        }
    }

    private static List<Target> targetsOf(Class<?> tests) throws ReflectiveOperationException {
        var constructor = tests.getDeclaredConstructor();
        constructor.setAccessible(true);
        var instance = constructor.newInstance();
        return Arrays.stream(tests.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> new Target(instance, method))
                .toList();
    }

    /// One input.
    ///
    /// @throws Throwable what the target throws
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws Throwable {
        TARGETS.get(data.consumeInt(0, TARGETS.size() - 1)).run(data);
    }

    /// Tells how many inputs each target got. Nothing may be thrown here: Jazzer would hang.
    public static void fuzzerTearDown() {
        TARGETS.forEach(target -> System.out.println(target.told()));
    }
}
