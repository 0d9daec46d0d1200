// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

/// A change that is not history: devices or link of somebody in the meeting.
public record Presence(String personId, DeviceStates devices, boolean linked) {}
