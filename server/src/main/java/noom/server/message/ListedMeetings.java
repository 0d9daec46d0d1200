// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import java.util.List;

/// The meetings shown on the home page, busiest first.
public record ListedMeetings(List<ListedMeeting> meetings) {
    /// One of them.
    ///
    /// @param peopleCount people inside now
    /// @param createdAtMillis Unix time
    public record ListedMeeting(String id, String title, int peopleCount, long createdAtMillis) {}
}
