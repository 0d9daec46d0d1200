// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

/// A measurement that cannot go on or is worth nothing; the message is a sentence for people.
final class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchException(String sentence) {
        super(sentence);
    }
}
