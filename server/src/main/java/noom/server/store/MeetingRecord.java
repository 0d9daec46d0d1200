// SPDX-License-Identifier: Apache-2.0
package noom.server.store;

import noom.meeting.MeetingId;

/// What was said of a meeting when it was made.
///
/// @param title cleaned, may be empty
/// @param createdAtMillis Unix time
public record MeetingRecord(MeetingId id, String title, boolean listed, long createdAtMillis) {}
