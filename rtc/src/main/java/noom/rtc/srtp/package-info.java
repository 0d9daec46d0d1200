// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever created the object. SRTP and SRTCP (RFC 3711, RFC 7714) with keys from DTLS.
///
/// Nothing here opens a socket or reads a clock, and no packet is allocated or kept.
/// [noom.rtc.srtp.SrtpContext] is one peer: its [noom.rtc.srtp.SrtpSender] protects,
/// its [noom.rtc.srtp.SrtpReceiver] checks and opens. Behind both stands a `PacketSeal` for each
/// [noom.rtc.srtp.SrtpProfile], and one more for AES-GCM of a library that some machines have.
package noom.rtc.srtp;
