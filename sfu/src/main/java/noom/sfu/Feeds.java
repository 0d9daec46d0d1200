// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.ArrayList;
import java.util.List;
import noom.rtc.rtp.RtpPacket;
import noom.sfu.forward.LayerSelector;
import noom.sfu.forward.MediaPacket;

/// All other workers that mirror a producer: none in a meeting that is whole on one worker.
///
/// Owner: the producer.
final class Feeds {
    private final List<Feed> feeds = new ArrayList<>();
    private boolean isClosed;

    /// Another one.
    ///
    /// @return false if the track has ended
    boolean add(Feed feed) {
        if (!isClosed) {
            feeds.add(feed);
        }
        return !isClosed;
    }

    void remove(Feed feed) {
        feeds.remove(feed);
    }

    /// The track ends, and the mirrors with it.
    void close() {
        isClosed = true;
        feeds.forEach(Feed::close);
        feeds.clear();
    }

    void onPacket(MediaPacket view, RtpPacket packet, long nowNanos) {
        for (int i = 0; i < feeds.size(); i++) {
            feeds.get(i).onPacket(view, packet, nowNanos);
        }
    }

    void leaveOut(int seq, int encodingIndex) {
        for (int i = 0; i < feeds.size(); i++) {
            feeds.get(i).leaveOut(seq, encodingIndex);
        }
    }

    void onAlive(int encodingIndex, boolean isAlive, long sinceNanos) {
        feeds.forEach(feed -> feed.onAlive(encodingIndex, isAlive, sinceNanos));
    }

    void onSenderReport(int encodingIndex, long ntpTime, long rtpTicks) {
        feeds.forEach(feed -> feed.onSenderReport(encodingIndex, ntpTime, rtpTicks));
    }

    void restart() {
        feeds.forEach(Feed::restart);
    }

    void setPaused(boolean isPaused) {
        feeds.forEach(feed -> feed.setPaused(isPaused));
    }

    /// The highest that anybody there wants, [LayerSelector#NONE] for nothing.
    int layersWanted() {
        int most = LayerSelector.NONE;
        for (var feed : feeds) {
            most = Math.max(most, feed.layersWanted());
        }
        return most;
    }
}
