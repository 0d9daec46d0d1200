// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import java.util.List;

/// What the pre-join page shows.
///
/// @param names who is inside, in the order they joined
/// @param seats how many people the meeting holds at once
public record MeetingPreview(
        String id, String title, boolean listed, List<String> names, int seats) {}
