// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop, but for `Rooms`, which all loops share: who is in which room, and how an event
/// reaches them, on this server or on several.
package noom.socketio.adapter;
