// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker that created it. Who hears and sees whom.
///
/// A peer's packets come to its [noom.sfu.IncomingStreams], which knows the
/// [noom.sfu.Producer] of each; the producer counts, repairs, keeps a copy and hands the packet
/// to each [noom.sfu.Consumer], which chooses layers and writes it anew for its receiver. A
/// [noom.sfu.Router] makes and closes them. Transports stand behind the sinks.
package noom.sfu;
