// SPDX-License-Identifier: Apache-2.0
/// Owner: nobody, everything here is immutable. What browsers and we tell each other about
/// streams, in the model of mediasoup-client: no SDP, plain records that the server translates
/// from and to JSON.
///
/// A page sends [noom.sfu.ortc.RtpParameters] with its own payload types and extension ids;
/// [noom.sfu.ortc.ProduceRules] refuses what does not hold together;
/// [noom.sfu.ortc.ConsumableBuilder] translates to the router's numbers, and
/// [noom.sfu.ortc.ConsumeBuilder] makes of that what one receiver gets.
package noom.sfu.ortc;
