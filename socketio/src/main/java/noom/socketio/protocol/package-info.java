// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop. Socket.IO packets, revision 5: their text, their binary attachments, their
/// JSON.
package noom.socketio.protocol;
