// SPDX-License-Identifier: Apache-2.0
/// Owner: web loop, with handlers on one virtual thread per socket. Socket.IO events to commands of
/// a meeting, and what meetings say to Socket.IO events.
package noom.server.signal;
