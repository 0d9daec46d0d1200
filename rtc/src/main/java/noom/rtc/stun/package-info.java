// SPDX-License-Identifier: Apache-2.0
/// Owner: whoever created the object. STUN messages and an answerer of Binding requests (RFC 8489).
///
/// Nothing here opens a socket or reads a clock. [noom.rtc.stun.StunMessage] reads,
/// [noom.rtc.stun.StunWriter] writes, [noom.rtc.stun.MessageIntegrity] signs and checks,
/// [noom.rtc.stun.StunResponder] tells a browser which address it is seen under.
package noom.rtc.stun;
