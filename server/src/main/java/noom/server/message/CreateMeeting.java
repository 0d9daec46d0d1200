// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

/// Body of `POST /api/meetings`.
///
/// @param title 0 to 80 grapheme clusters
public record CreateMeeting(String title, boolean listed) {}
