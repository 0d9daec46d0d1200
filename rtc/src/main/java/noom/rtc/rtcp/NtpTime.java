// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

/// Times as reports tell them: 32 bits of seconds and 32 of fraction, of which some fields have
/// the middle 32 only, in 1/65,536 s (RFC 3550 §4).
public final class NtpTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    /// What a clock of any origin shows: a host may report by a clock of its own, as its times are
    /// only ever compared with each other (RFC 3550 §6.4.1), and ours never goes back.
    public static long ofNanos(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
        return seconds << 32 | (rest << 32) / NANOS_PER_SECOND;
    }

    /// The middle 32 bits of a time.
    public static long middle(long ntpTime) {
        return ntpTime >>> 16 & 0xFFFF_FFFFL;
    }

    /// How long something took, in 1/65,536 s modulo 2^32.
    ///
    /// @param nanos 0 or more
    public static long delay(long nanos) {
        return middle(ofNanos(nanos));
    }

    /// The same back; below 2^32.
    public static long nanosOf(long delay) {
        return (delay * NANOS_PER_SECOND) >>> 16;
    }
}
