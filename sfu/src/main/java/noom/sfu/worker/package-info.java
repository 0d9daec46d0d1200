// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker, an event loop with the UDP port on it.
///
/// [noom.sfu.worker.MediaWorker] gives each datagram to its transport and lets time pass for all of
/// them; others reach it by its mailbox only. What workers of one port share is that mailbox and
// the
/// directory of whose transports are where.
package noom.sfu.worker;
