// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever created the object. RTP packets as a forwarder sees them (RFC 3550, 8285,
/// 4588).
///
/// [noom.rtc.rtp.RtpPacket] reads and changes in place, [noom.rtc.rtp.RtpWriter] writes a
/// header of another shape into the caller's buffer, [noom.rtc.rtp.HeaderExtensions] are its
/// extensions, [noom.rtc.rtp.Rtx] sends again. Numbers that wrap are compared only by
/// [noom.rtc.rtp.SeqNo] and [noom.rtc.rtp.RtpTimestamp], and made endless by
/// [noom.rtc.rtp.Rollover]. An SSRC is an unsigned 32-bit number in a `long`.
package noom.rtc.rtp;
