// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

/// What a frame is to a decode target: its indication, in the order of the wire (AV1 RTP,
/// A.8.3).
public enum DecodeTargetUse {
    /// `-`: no part of it.
    NOT_PRESENT,
    /// `D`: part of it, and nothing in it depends on this frame.
    DISCARDABLE,
    /// `S`: part of it, and who gets this frame can decode the target from here on.
    SWITCH,
    /// `R`: part of it, and others depend on it.
    REQUIRED
}
