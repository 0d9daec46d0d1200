// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

/// What a person sends at the moment, as they declare it; not kept in the journal.
public record DeviceStates(boolean microphone, boolean camera, boolean screen) {}
