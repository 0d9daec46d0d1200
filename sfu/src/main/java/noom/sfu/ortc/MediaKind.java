// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// Sound or picture.
public enum MediaKind {
    /// Sound.
    AUDIO,
    /// Picture.
    VIDEO;

    /// The first half of a MIME type, as JSON spells it too.
    public String text() {
        return this == AUDIO ? "audio" : "video";
    }
}
