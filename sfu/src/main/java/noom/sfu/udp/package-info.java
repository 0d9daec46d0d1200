// SPDX-License-Identifier: Apache-2.0
/// Owner: the media worker whose event loop it was opened on.
///
/// The one UDP port: batches of datagrams in (`recvmmsg`), and out of each turn of the loop one
/// segmented message for each receiver (`UDP_SEGMENT`, GSO), all of them in one call
/// (`sendmmsg`), which is where most of a forwarder's time is won. The only package of this module
// that knows Netty and counts references.
package noom.sfu.udp;
