// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.List;
import noom.rtc.rtcp.Rtcp;

/// The peer that sends a track, as its producer speaks to it.
///
/// Owner: the producer.
final class Sender implements Source {
    private final long localSsrc;
    private final Producer.Sink sink;

    /// @param localSsrc who we are
    Sender(long localSsrc, Producer.Sink sink) {
        this.localSsrc = localSsrc;
        this.sink = sink;
    }

    @Override
    public void askKeyFrame(Encoding encoding) {
        if (encoding.hasSsrc()) {
            sink.onRtcp(new Rtcp.Pli(localSsrc, encoding.ssrc()));
        }
    }

    @Override
    public void wantLayers(int maxSpatialLayer) {
        sink.onLayersWanted(maxSpatialLayer);
    }

    /// It sends whether anybody receives or not; layers tell what it may leave out.
    @Override
    public void want(boolean isWanted) {}

    @Override
    public void end() {}

    void nack(Encoding encoding, List<Rtcp.Nack.Item> items) {
        sink.onRtcp(new Rtcp.Nack(localSsrc, encoding.ssrc(), items));
    }

    void report(List<Rtcp.ReportBlock> blocks) {
        sink.onRtcp(new Rtcp.ReceiverReport(localSsrc, blocks));
    }
}
