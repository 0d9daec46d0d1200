// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever created the object, a media worker. One peer as a whole: ICE, DTLS and SRTP
/// joined.
///
/// [noom.rtc.PeerTransport] is the machine, [noom.rtc.Demux] tells its protocols apart,
/// [noom.rtc.TransportEvent] is what it has to say.
package noom.rtc;
