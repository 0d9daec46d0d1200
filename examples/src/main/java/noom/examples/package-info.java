// SPDX-License-Identifier: Apache-2.0
/// Owner: the event loop of the one HTTP server each program starts.
///
/// Three programs that grow a video call out of a chat: [noom.examples.PublicChat], and then rooms,
/// and then pictures. Four more show Socket.IO at work: [noom.examples.NoticeBoard],
/// [noom.examples.TwoServers], [noom.examples.Thermometers] and [noom.examples.AdminDesk].
@NullMarked
package noom.examples;

import org.jspecify.annotations.NullMarked;
