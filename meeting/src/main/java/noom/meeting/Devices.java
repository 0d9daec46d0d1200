// SPDX-License-Identifier: Apache-2.0
package noom.meeting;

/// Which devices somebody declares to be on.
public record Devices(boolean microphone, boolean camera, boolean screen) {
    /// Everything off.
    public static final Devices OFF = new Devices(false, false, false);
}
