// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The first rule that did not hold. It is kept until the end of the step: thrown at once, the
/// worker would take it for a fault of a transport's.
final class Breaks {
    private final Trace trace;
    private final long seed;
    private @Nullable RuleBroken first;

    Breaks(long seed, Trace trace) {
        this.seed = seed;
        this.trace = trace;
    }

    void require(boolean holds, Rule rule, Supplier<String> detail) {
        if (!holds) {
            report(rule, detail.get(), null);
        }
    }

    void report(Rule rule, String detail, @Nullable Throwable cause) {
        if (first == null) {
            first = new RuleBroken(rule, seed, detail, trace.tail(), cause);
        }
    }

    /// @throws RuleBroken if one did not hold
    void check() {
        if (first != null) {
            throw first;
        }
    }
}
