// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// What a stream's RTCP looks like.
///
/// @param cname ties the streams of one person together; may be empty (Chromium, with rids)
/// @param isReducedSize whether feedback may stand alone (RFC 5506)
public record RtcpParameters(String cname, boolean isReducedSize) {}
