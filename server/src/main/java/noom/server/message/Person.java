// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

/// Somebody in the meeting.
///
/// @param id public, stable through reconnects and reloads of one tab
/// @param linked whether their signalling connection stands; their media may live on without it
/// @param joinedAtMillis Unix time
public record Person(
        String id, String name, DeviceStates devices, boolean linked, long joinedAtMillis) {}
