// SPDX-License-Identifier: Apache-2.0
/// Owner: any thread. What the official page `@socket.io/admin-ui` 0.5 shows of a server and does
/// to it.
///
/// [noom.socketio.admin.AdminUi] is the entry. It keeps sums and sessions only, each in a class
/// that says why it may be shared; everything else is read from the server when it is told.
package noom.socketio.admin;
