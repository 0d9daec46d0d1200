// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop, but for `Rooms` and `RecoveryStore`, which all loops share, and the cluster
/// adapter, which its transport's loop owns: who is in which room, and how an event reaches
/// them, on this server or on several.
package noom.socketio.adapter;
