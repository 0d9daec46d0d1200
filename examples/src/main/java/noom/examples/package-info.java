// SPDX-License-Identifier: Apache-2.0
/// Owner: the event loop of the one HTTP server each program starts.
///
/// Three programs that grow a video call out of a chat: [noom.examples.PublicChat], and then rooms,
/// and then pictures.
@NullMarked
package noom.examples;

import org.jspecify.annotations.NullMarked;
