// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.util.List;

/// A packet as it travels: one text, then its binary attachments in order with nothing between.
///
/// Immutable by agreement: the arrays are shared by all receivers and never written.
///
/// @param text the packet without the Engine.IO type digit
/// @param attachments the values of the placeholders, by number
public record EncodedPacket(String text, List<byte[]> attachments) {}
