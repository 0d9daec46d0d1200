// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

/// What is sent of one encoding from a key frame on, and what of it the consumer was shown.
///
/// @param startNumber the sender's number of its first packet
/// @param startOrder how many numbers had come in with that
record ForwardedRun(SimStream stream, long startNumber, int startOrder) {
    /// What came before the key frame's first packet and is shown after it.
    private static final int EARLY_PACKETS = 30;

    /// Whether the consumer was shown this number in this run. Of what came in before the run
    /// began it is shown only so many that follow the first.
    private boolean isSeen(long number) {
        int order = stream.arrivalOrder(number);
        boolean isEarly =
                number <= startNumber + EARLY_PACKETS
                        && order > stream.heldOrder
                        && !stream.isPadding(number);
        return order > 0 && (order >= startOrder || isEarly);
    }

    int missingBetween(long low, long high) {
        int missing = 0;
        for (long number = low + 1; number < high; number++) {
            missing += isSeen(number) ? 0 : 1;
        }
        return missing;
    }

    /// Whether it was shown all of a picture.
    boolean isWhole(int picture) {
        return partsSeen(picture) == stream.frames.get(picture).parts;
    }

    private int partsSeen(int picture) {
        var frame = stream.frames.get(picture);
        int seen = 0;
        for (int part = 0; part < frame.parts; part++) {
            seen += isSeen(frame.firstNumber + part) ? 1 : 0;
        }
        return seen;
    }

    /// How many pictures between two it was shown nothing of.
    int unseenBetween(int low, int high) {
        int unseen = 0;
        for (int frame = low + 1; frame < high; frame++) {
            unseen += partsSeen(frame) == 0 ? 1 : 0;
        }
        return unseen;
    }
}
