// SPDX-License-Identifier: Apache-2.0
package noom.sfu.audio;

import java.time.Duration;
import java.util.Arrays;

/// How loud one voice was over the last second, in steps of a packet of 20 ms.
///
/// Owner: the router. Nothing is allocated after the constructor.
public final class Voice {
    /// Silence, and the quietest that a packet can say.
    public static final int SILENCE_DB = 127;

    static final int STEPS = 50;
    private static final long STEP_NANOS = Duration.ofMillis(20).toNanos();

    private final String id;
    private final byte[] loudness = new byte[STEPS];
    private long newestStep = Long.MIN_VALUE;

    /// A voice that has not been heard.
    ///
    /// @param id names it to the outside: its producer
    public Voice(String id) {
        this.id = id;
    }

    /// Whose voice it is.
    public String id() {
        return id;
    }

    /// A packet came.
    ///
    /// @param attenuationDb below the loudest possible, 0 to 127
    public void onPacket(int attenuationDb, long nowNanos) {
        moveTo(nowNanos);
        int slot = slot(newestStep);
        loudness[slot] = (byte) Math.max(loudness[slot], SILENCE_DB - attenuationDb);
    }

    /// Mean level over the last second, in dB below the loudest possible.
    public int meanAttenuationDb(long nowNanos) {
        moveTo(nowNanos);
        int sum = 0;
        for (byte one : loudness) {
            sum += one;
        }
        return SILENCE_DB - sum / STEPS;
    }

    /// Loudness so many steps ago, 0 to 127.
    int loudness(int stepsAgo) {
        return loudness[slot(newestStep - stepsAgo)];
    }

    /// What was not heard is silence.
    void moveTo(long nowNanos) {
        long now = Math.floorDiv(nowNanos, STEP_NANOS);
        if (newestStep == Long.MIN_VALUE || now - newestStep >= STEPS) {
            Arrays.fill(loudness, (byte) 0);
            newestStep = Math.max(newestStep, now);
            return;
        }
        while (newestStep < now) {
            newestStep++;
            loudness[slot(newestStep)] = 0;
        }
    }

    private static int slot(long step) {
        return Math.floorMod(step, STEPS);
    }
}
