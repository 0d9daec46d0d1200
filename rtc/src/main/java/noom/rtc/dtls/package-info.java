// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever opened the endpoint; one virtual thread per association behind it. DTLS 1.2 as
/// the server (RFC 6347), for SRTP keys only (RFC 5764).
///
/// [noom.rtc.dtls.DtlsEndpoint] is one peer's handshake, without IO: bytes and time go in, what
/// comes out goes to its sink. [noom.rtc.dtls.DtlsServer] opens endpoints behind which
/// Bouncy Castle works, which blocks and reads the clock, so it has a virtual thread of its own;
/// results come back through the owner's [noom.rtc.dtls.DtlsMailbox].
/// [noom.rtc.dtls.DtlsCertificate] and [noom.rtc.dtls.Fingerprint] are what signalling tells.
package noom.rtc.dtls;
