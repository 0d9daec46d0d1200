// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import noom.rtc.dtls.DtlsCertificate;
import noom.rtc.dtls.DtlsLimits;
import noom.rtc.dtls.DtlsServer;
import noom.rtc.ice.HostCandidate;
import noom.rtc.ice.IceCredentials;
import noom.server.message.Media.DtlsFingerprint;
import noom.server.message.Media.DtlsParameters;
import noom.server.message.Media.IceCandidate;
import noom.server.message.Media.IceParameters;
import noom.sfu.worker.Sfu;

/// The UDP port of all media, and how a page is told to reach it.
///
/// @param addresses IP addresses of this server, the best first; asked for each transport, because
///     a machine moves between networks
public record MediaPort(Sfu sfu, DtlsServer dtls, Supplier<List<String>> addresses) {
    /// Opens it, with a certificate that lives as long as the process.
    ///
    /// @param workers threads of media, 1 or more
    /// @param random unpredictable; the keys come from it
    public static CompletionStage<MediaPort> open(
            InetSocketAddress address,
            int workers,
            SecureRandom random,
            Supplier<List<String>> addresses) {
        var dtls =
                new DtlsServer(
                        DtlsCertificate.generate(random, Instant.now()),
                        DtlsLimits.ofCores(Runtime.getRuntime().availableProcessors()),
                        random);
        return Sfu.start(address, workers, dtls, random)
                .thenApply(sfu -> new MediaPort(sfu, dtls, addresses));
    }

    List<IceCandidate> candidates() {
        var candidates = new ArrayList<IceCandidate>();
        int port = sfu.address().getPort();
        for (var address : addresses.get()) {
            var host = HostCandidate.ofChoice(candidates.size(), address, port);
            candidates.add(
                    new IceCandidate(
                            host.foundation(),
                            host.priority(),
                            address,
                            address,
                            "udp",
                            port,
                            "host"));
        }
        return candidates;
    }

    /// The page begins the handshake, whatever its browser.
    DtlsParameters dtlsParameters() {
        var own = dtls.fingerprint();
        return new DtlsParameters(
                "auto", List.of(new DtlsFingerprint(own.algorithm().text(), own.value())));
    }

    static IceParameters iceParameters(IceCredentials credentials) {
        return new IceParameters(credentials.ufrag(), credentials.password(), true);
    }
}
