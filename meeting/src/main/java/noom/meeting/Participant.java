// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

import java.util.Optional;

/// Somebody inside, as others see them.
///
/// @param link the connection they are reached by, or empty while it is lost
/// @param joinedAtMillis Unix time
public record Participant(
        String id, String name, Devices devices, Optional<String> link, long joinedAtMillis) {}
