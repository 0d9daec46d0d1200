// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// A header extension of a stream.
///
/// @param id 1 to 255, not 15
public record RtpHeaderExtensionParameters(String uri, int id) {}
