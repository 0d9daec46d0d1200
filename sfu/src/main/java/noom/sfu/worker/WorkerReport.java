// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import noom.sfu.udp.UdpStats;

/// How a media worker stands at one moment.
///
/// @param strangeDatagrams that were nobody's
/// @param brokenTransports that a fault of ours has closed
public record WorkerReport(
        int transports, int routers, long strangeDatagrams, long brokenTransports, UdpStats udp) {}
