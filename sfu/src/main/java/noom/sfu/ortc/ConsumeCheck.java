// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// What came of matching a track with what a receiver can do.
public sealed interface ConsumeCheck {
    /// The receiver gets this.
    record Accepted(RtpParameters parameters) implements ConsumeCheck {}

    /// The receiver cannot get it.
    ///
    /// @param at where in its capabilities
    record Refused(OrtcRefusal reason, String at) implements ConsumeCheck {}
}
