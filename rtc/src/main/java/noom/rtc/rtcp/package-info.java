// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever created the object. Control packets beside RTP (RFC 3550 §6, 4585, 5104,
/// 3611).
///
/// [noom.rtc.rtcp.CompoundReader] gives records of the sealed family [noom.rtc.rtcp.Rtcp],
/// [noom.rtc.rtcp.CompoundWriter] writes them into the caller's buffer, and
/// [noom.rtc.rtcp.ArrivalRecorder] makes transport-cc feedback of the packets that arrived.
package noom.rtc.rtcp;
