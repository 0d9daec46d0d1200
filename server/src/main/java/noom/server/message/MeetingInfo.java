// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

/// A meeting as its link names it.
///
/// @param id 96 random bits as 16 characters of base64url
/// @param title a label of 0 to 80 grapheme clusters; empty when its maker gave none
/// @param listed whether its maker ticked "show on the home page"
public record MeetingInfo(String id, String title, boolean listed) {}
