// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop. Engine.IO 4: the connection below Socket.IO, over long-polling and WebSocket.
///
/// A binding implements [noom.socketio.engine.SessionLoop], [noom.socketio.engine.SessionHost],
/// [noom.socketio.engine.FrameLink], [noom.socketio.engine.PollExchange] and
/// [noom.socketio.engine.PostExchange]; an application implements
/// [noom.socketio.engine.EngineApplication].
package noom.socketio.engine;
