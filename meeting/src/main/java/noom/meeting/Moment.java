// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

/// Now, on two clocks: one for waiting and one for telling people.
///
/// @param nanos monotonic; only differences mean anything
/// @param unixMillis wall time, which may jump; never compared with another
public record Moment(long nanos, long unixMillis) {}
