// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

import java.util.function.Function;

/// One thing for each side.
record Sides<T>(T java, T node) {
    static <T> Sides<T> each(Function<Side, T> make) {
        return new Sides<>(make.apply(Side.JAVA), make.apply(Side.NODE));
    }

    T of(Side side) {
        return switch (side) {
            case JAVA -> java;
            case NODE -> node;
        };
    }
}
