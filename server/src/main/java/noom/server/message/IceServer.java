// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import java.util.List;

/// An entry of `RTCConfiguration.iceServers`.
public record IceServer(List<String> urls) {}
