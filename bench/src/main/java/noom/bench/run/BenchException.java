// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

/// A measurement that cannot go on or is worth nothing; the message is a sentence for people.
public final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param sentence for people
    public BenchException(String sentence) {
        super(sentence);
    }
}
