// SPDX-License-Identifier: Apache-2.0
package noom.sfu.udp;

/// What a [UdpPort] has counted since it was opened.
///
/// @param receivedDatagrams that were handed to the worker
/// @param receivedBytes of their payloads
/// @param oversizedDatagrams that were dropped because they were longer than
///     [UdpPort#MAX_DATAGRAM_BYTES]
/// @param sentDatagrams that were given to the kernel or wait for it
/// @param sentBytes of their payloads
/// @param sentRuns of datagrams, each one message to the kernel
/// @param droppedDatagrams that the worker sent while too much was waiting
/// @param failedRuns that the kernel refused
public record UdpStats(
        long receivedDatagrams,
        long receivedBytes,
        long oversizedDatagrams,
        long sentDatagrams,
        long sentBytes,
        long sentRuns,
        long droppedDatagrams,
        long failedRuns) {}
