// SPDX-License-Identifier: Apache-2.0
/// Owner: the one thread of the load client.
///
/// Many WebSocket-only Socket.IO clients in one process, as cheap as they can be: they say nothing
/// but what the protocol asks for, and count what they hear. The same client loads every server.
@NullMarked
package noom.bench.load;

import org.jspecify.annotations.NullMarked;
