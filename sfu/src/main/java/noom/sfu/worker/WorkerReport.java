// SPDX-License-Identifier: Apache-2.0
package noom.sfu.worker;

import noom.sfu.udp.UdpStats;

/// How a media worker stands at one moment.
///
/// @param strangeDatagrams that were nobody's
/// @param handedDatagrams that came to its socket and were another worker's, which took them
/// @param brokenTransports that a fault of ours has closed
/// @param mailbox what came from other workers
public record WorkerReport(
        int transports,
        int routers,
        long strangeDatagrams,
        long handedDatagrams,
        long brokenTransports,
        MailboxStats mailbox,
        UdpStats udp) {}
