// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import noom.rtc.TransportEvent;
import noom.rtc.ice.IceLite;
import noom.rtc.ice.IceState;
import noom.rtc.rtcp.Rtcp;
import noom.rtc.srtp.SrtpContext;
import noom.rtc.srtp.SrtpContext.DtlsRole;
import noom.rtc.srtp.SrtpProfile;
import noom.sfu.WebRtcTransport;
import noom.sfu.worker.MediaWorker;
import org.jspecify.annotations.Nullable;

/// The server's end of one transport, and all that the rules must know of it: who proved what
/// when, what came in, what was asked for.
final class ServerTransport implements MediaWorker.Listener {
    /// How late the worker's clock may notice that consent has run out.
    private static final long LATE_NANOS = 2 * MediaWorker.TICK_MILLIS * 1_000_000L;

    private static final int RING = 1 << 12;

    final SimBrowser browser;
    final BrowserTransport peer;
    final Map<Long, ForwardedTrack> forwarded = new LinkedHashMap<>();
    private final Breaks breaks;
    private final Set<InetSocketAddress> paths = new HashSet<>();
    private final Map<InetSocketAddress, Long> checkedNanos = new HashMap<>();
    private final long[] arrivalNumbers = new long[RING];
    private final long[] arrivalNanos = new long[RING];
    WebRtcTransport transport;
    @Nullable SrtpContext witness;
    boolean isConnected;
    boolean isClosed;
    boolean isDisconnected;

    /// Whether its peer has said goodbye.
    boolean isEnded;

    /// Times that the peer has told and were not answered.
    final References references = new References();

    long expectedRefusals;
    int nextTransportSeq;

    ServerTransport(SimBrowser browser, BrowserTransport peer, Breaks breaks) {
        this.browser = browser;
        this.peer = peer;
        this.breaks = breaks;
    }

    /// The keys are made: from now on what the server sends can be read.
    void onKeys(SrtpProfile profile, byte[] material) {
        witness = SrtpContext.ofExporter(profile, DtlsRole.CLIENT, material.clone());
    }

    @Override
    public void onEvent(TransportEvent event) {
        switch (event) {
            case TransportEvent.PathFound(var remote) -> paths.add(remote);
            case TransportEvent.PathLost(var remote) -> paths.remove(remote);
            case TransportEvent.DtlsConnected _ -> isConnected = true;
            case TransportEvent.DtlsClosed _ -> isEnded = true;
            case TransportEvent.IceStateChanged(var state) -> {
                isDisconnected = state == IceState.DISCONNECTED;
                if (isDisconnected) {
                    forwarded.values().forEach(ForwardedTrack::onUnseen);
                }
            }
            case TransportEvent.PathSelected _ -> {}
            case TransportEvent.DtlsFailed(var reason) ->
                    breaks.report(Rule.FAULT, "no keys: " + reason, null);
        }
    }

    @Override
    public void onBroken() {
        breaks.report(Rule.FAULT, "a transport was given up", null);
    }

    /// A datagram of the peer is about to be given to the worker.
    void arrive(Note note, boolean isCopy, InetSocketAddress from, long nowNanos) {
        if (note.kind.equals("check")) {
            checkedNanos.put(from, nowNanos);
            return;
        }
        boolean isSealed = note.stream != null || !note.control.isEmpty();
        boolean isHeard = isConnected && !isClosed && !isEnded && paths.contains(from);
        if (!isSealed || !isHeard) {
            return;
        }
        if (note.isTaken) {
            breaks.require(isCopy, Rule.FAULT, () -> "the first of two is taken for the second");
            expectedRefusals++;
            return;
        }
        note.isTaken = true;
        if (note.transportNumber != Note.NO_NUMBER) {
            int at = (int) note.transportNumber & (RING - 1);
            arrivalNumbers[at] = note.transportNumber;
            arrivalNanos[at] = nowNanos;
        }
        var stream = note.stream;
        if (stream != null && note.number != Note.NO_NUMBER && stream.track.isKnown()) {
            stream.arrive(note.number, note.isRtx);
        }
        note.control.forEach(packet -> arrive(packet, nowNanos));
    }

    private void arrive(Rtcp packet, long nowNanos) {
        if (packet instanceof Rtcp.Nack nack) {
            var track = forwarded.get(nack.mediaSsrc());
            if (track != null) {
                nack.forEachLost(track::onAsked);
            }
        } else if (packet instanceof Rtcp.SenderReport report) {
            var stream = browser.stream(report.ssrc());
            if (stream != null && stream.track.isKnown() && stream.isBound) {
                stream.lastReport = report;
            }
        } else if (packet instanceof Rtcp.ExtendedReport report) {
            references.take(report, nowNanos);
        }
    }

    /// When a packet with this transport-wide number came, or -1.
    long arrivedNanos(long transportNumber) {
        int at = (int) transportNumber & (RING - 1);
        return arrivalNumbers[at] == transportNumber ? arrivalNanos[at] : -1;
    }

    /// Whether a check that came from there still counts.
    boolean hasConsent(InetSocketAddress address, long nowNanos) {
        Long checked = checkedNanos.get(address);
        return checked != null && nowNanos - checked <= IceLite.CONSENT_NANOS + LATE_NANOS;
    }

    boolean wasChecked(InetSocketAddress address) {
        return checkedNanos.containsKey(address);
    }
}
