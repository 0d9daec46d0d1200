// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop. The Socket.IO server on Vert.x: HTTP exchanges and WebSockets in, sessions out.
package noom.socketio.vertx;
