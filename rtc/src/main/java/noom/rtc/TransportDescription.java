// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import noom.rtc.ice.IceState;
import noom.rtc.srtp.SrtpProfile;

/// How a [PeerTransport] stands at one moment, for the eyes of an operator. Holds no secrets.
///
/// @param profile how media is protected, once there are keys
/// @param selectedPath where everything goes
/// @param receivedCount datagrams, also below; `dropped` has those that nothing was done with
public record TransportDescription(
        TransportState state,
        IceState ice,
        Optional<SrtpProfile> profile,
        Optional<InetSocketAddress> selectedPath,
        long receivedCount,
        long receivedBytes,
        long sentCount,
        long sentBytes,
        Map<DropReason, Long> dropped) {}
