// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import java.util.List;

/// What one command or the passing of time brought about.
///
/// @param events to be kept before anybody is told anything of this step
/// @param changed people whose devices or link changed; everybody is told their present state
public record Step(MeetingResult result, List<MeetingEvent> events, List<String> changed) {}
