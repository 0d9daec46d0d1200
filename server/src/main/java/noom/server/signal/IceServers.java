// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.List;
import java.util.Optional;
import noom.server.message.IceServer;

/// Where a browser learns its outer address: our own UDP port and nobody else's.
///
/// @param publicIp when the name in the address bar does not lead to the UDP port
/// @param port UDP
public record IceServers(Optional<String> publicIp, int port) {
    /// The entry for a browser that reached us under this `Host`; none if it names nothing usable.
    List<IceServer> forHost(String hostHeader) {
        String host = publicIp.map(IceServers::bracketed).orElseGet(() -> withoutPort(hostHeader));
        return host.matches("[A-Za-z0-9.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}]")
                ? List.of(new IceServer(List.of("stun:" + host + ":" + port)))
                : List.of();
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }

    private static String withoutPort(String hostHeader) {
        return hostHeader.replaceFirst(":\\d+$", "");
    }
}
