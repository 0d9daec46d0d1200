// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.Arrays;
import noom.rtc.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/// The numbers under which packets went to one receiver, what each stood for, and how often the
/// receiver asked for it again.
///
/// Remembers as many as a browser asks back for. It begins small: in a crowd most are hardly used.
final class SentNumbers {
    private static final int MOST = 1 << 10;
    private static final int FEWEST = 1 << 5;
    private static final long NONE = Long.MIN_VALUE;

    private long[] numbers = filled(FEWEST);
    private int[] sums = new int[FEWEST];
    private int @Nullable [] asked;

    private static long[] filled(int length) {
        var numbers = new long[length];
        Arrays.fill(numbers, NONE);
        return numbers;
    }

    private int slot(long number) {
        return (int) number & (numbers.length - 1);
    }

    boolean has(long number) {
        return numbers[slot(number)] == number;
    }

    /// A packet left under a number.
    void put(long number, RtpPacket packet) {
        while (numbers[slot(number)] != NONE && numbers.length < MOST) {
            grow();
        }
        numbers[slot(number)] = number;
        sums[slot(number)] = sum(packet, 0);
        if (asked != null) {
            asked[(int) number & (MOST - 1)] = 0;
        }
    }

    private void grow() {
        var oldNumbers = numbers;
        var oldSums = sums;
        numbers = filled(2 * oldNumbers.length);
        sums = new int[numbers.length];
        for (int i = 0; i < oldNumbers.length; i++) {
            if (oldNumbers[i] != NONE) {
                numbers[slot(oldNumbers[i])] = oldNumbers[i];
                sums[slot(oldNumbers[i])] = oldSums[i];
            }
        }
    }

    /// The receiver's wish to have a number again has reached the server.
    void onAsked(int seq) {
        if (asked == null) {
            asked = new int[MOST];
        }
        asked[seq & (MOST - 1)]++;
    }

    /// Whether a wish for it was left; it is not any more.
    boolean takeAsked(int seq) {
        return asked != null && asked[seq & (MOST - 1)]-- > 0;
    }

    boolean isKnown(int seq) {
        long number = numbers[slot(seq)];
        return number != NONE && (number & 0xFFFF) == seq;
    }

    /// Whether a packet, behind so many bytes of its payload, is what had this number.
    boolean isSame(int seq, RtpPacket packet, int skippedBytes) {
        return sums[slot(seq)] == sum(packet, skippedBytes);
    }

    private static int sum(RtpPacket packet, int skippedBytes) {
        int sum = (int) packet.timestampTicks() * 31 + (packet.isMarker() ? 1 : 0);
        int from = packet.payloadOffset() + skippedBytes;
        int to = packet.payloadOffset() + packet.payloadBytes();
        for (int i = from; i < to; i++) {
            sum = 31 * sum + packet.array()[i];
        }
        return sum;
    }
}
