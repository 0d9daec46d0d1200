// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker that created it. Which packets of a track go to one receiver, and
/// under which numbers.
///
/// A [noom.sfu.forward.MediaPacket] is looked at once for all receivers; each has a
/// [noom.sfu.forward.LayerSelector] that says whether it goes on, and rewriters that make of
/// many sources one stream: [noom.sfu.forward.SeqRewriter],
/// [noom.sfu.forward.TimestampRewriter], [noom.sfu.forward.Vp8Rewriter]. Nothing is allocated
/// for a packet.
package noom.sfu.forward;
