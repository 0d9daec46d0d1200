// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop. Socket.IO 5 for servers: namespaces, sockets, events, acks, rooms.
///
/// `Connection` and `Membership` live on the loop that owns the session. What an application holds
/// ([noom.socketio.SocketIoServer], [noom.socketio.Namespace], [noom.socketio.Socket],
/// [noom.socketio.EventArguments], [noom.socketio.Broadcast]) may be used from any thread.
package noom.socketio;
