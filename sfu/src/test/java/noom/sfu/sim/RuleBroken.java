// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import org.jspecify.annotations.Nullable;

/// A rule that did not hold, with what is needed to see it again.
final class RuleBroken extends AssertionError {
    private static final long serialVersionUID = 1;

    final Rule rule;
    final long seed;
    final String detail;

    RuleBroken(Rule rule, long seed, String detail, String trace, @Nullable Throwable cause) {
        super("seed " + seed + " breaks " + rule + ": " + detail + "\n" + trace, cause);
        this.rule = rule;
        this.seed = seed;
        this.detail = detail;
    }
}
