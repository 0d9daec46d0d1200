// SPDX-License-Identifier: Apache-2.0
package noom.bench.run;

/// A number of broadcasts to everybody in the room.
sealed interface Phase {
    /// How many broadcasts.
    int broadcasts();

    /// What the server is told.
    String command();

    /// Broadcasts at a steady pace: what a busy application does.
    record Rate(int broadcasts, int perSecond) implements Phase {
        @Override
        public String command() {
            return "rate " + broadcasts + " " + perSecond;
        }
    }

    /// Broadcasts as fast as the server takes them.
    record Burst(int broadcasts) implements Phase {
        @Override
        public String command() {
            return "burst " + broadcasts;
        }
    }
}
