// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop. Packets as MessagePack, for clients that use `socket.io-msgpack-parser`.
package noom.socketio.msgpack;
