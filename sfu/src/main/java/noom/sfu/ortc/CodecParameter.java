// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// The value of a codec's parameter. A number stays a number on its way through: browsers
/// want `apt` as one, and the library that reads their SDP makes a number of every text that
/// looks like one, so [#text()] is what to compare.
public sealed interface CodecParameter {
    /// The value as SDP has it.
    String text();

    /// Any text.
    record Text(String value) implements CodecParameter {
        @Override
        public String text() {
            return value;
        }
    }

    /// A whole number.
    record Whole(long value) implements CodecParameter {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }
}
