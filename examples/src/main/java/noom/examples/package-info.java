// SPDX-License-Identifier: Apache-2.0
/// Owner: the event loop of the one HTTP server each program starts.
///
/// Three programs that grow a video call out of a chat: [noom.examples.PublicChat], and then rooms,
/// and then pictures. Beside them [noom.examples.AdminDesk] shows a server that can be watched.
@NullMarked
package noom.examples;

import org.jspecify.annotations.NullMarked;
