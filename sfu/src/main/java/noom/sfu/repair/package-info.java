// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker that created it. How a stream arrives, and how what was lost is got
/// again, on both sides of the router.
///
/// On the way in: [noom.sfu.repair.ReceiveStream] counts, [noom.sfu.repair.NackGenerator] asks
/// the sender. On the way out: [noom.sfu.repair.RtpHistory] keeps each packet once for all
/// receivers, [noom.sfu.repair.RetransmitResponder] knows what each receiver called it.
package noom.sfu.repair;
