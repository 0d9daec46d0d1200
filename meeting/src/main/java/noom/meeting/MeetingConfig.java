// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import java.time.Duration;

/// The limits of one meeting.
///
/// @param seats people at once, at least 1
/// @param linkGrace how long somebody without a signalling connection stays in the meeting
/// @param seatHold how long they keep their seat against a newcomer when all are taken; at most
///     `linkGrace`
public record MeetingConfig(int seats, Duration linkGrace, Duration seatHold) {
    /// A hundred people, two minutes of grace, half a minute against newcomers.
    public static final MeetingConfig DEFAULT =
            new MeetingConfig(100, Duration.ofMinutes(2), Duration.ofSeconds(30));

    /// @throws IllegalArgumentException when a value is out of its range
    public MeetingConfig {
        if (seats < 1 || seatHold.isNegative() || seatHold.compareTo(linkGrace) > 0) {
            throw new IllegalArgumentException("seats " + seats + ", seat hold " + seatHold);
        }
    }

    /// The same for so many people.
    public MeetingConfig withSeats(int count) {
        return new MeetingConfig(count, linkGrace, seatHold);
    }
}
