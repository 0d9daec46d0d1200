// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker, an event loop with a socket on the UDP port.
///
/// [noom.sfu.worker.MediaWorker] gives each datagram to its transport and lets time pass for all of
/// them; others reach it by its mailbox only. That and the directory of whose transports are where
/// is all that the workers of one port share.
package noom.sfu.worker;
