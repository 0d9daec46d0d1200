// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever created the object. The lite side of ICE (RFC 8445), which answers checks and
/// sends none.
///
/// [noom.rtc.ice.IceLite] is the machine; [noom.rtc.ice.IceCredentials] and
/// [noom.rtc.ice.HostCandidate] are what signalling tells the peer.
package noom.rtc.ice;
