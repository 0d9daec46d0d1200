// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import java.util.function.Consumer;
import noom.rtc.rtp.RtpPacket;

/// What ties the mirror of a track to the producer on another worker.
///
/// Owner: the media worker of the mirror. What the mirror's receivers want goes out by the home's
/// mailbox, and is little: a wish for a key frame at most every half second, layers only when they
/// change. What comes in was decrypted, unwrapped and found to be new by the producer there.
final class Mirror implements Source {
    private final RouterMailbox home;
    private final Feed feed;
    private final Producer producer;
    private final Consumer<Producer> closed;
    private final RtpPacket packet = new RtpPacket();
    private boolean isEnded;

    /// @param here the mailbox of the mirror's owner
    /// @param closed ends the mirror and what others get of it
    Mirror(TrackLink link, RouterMailbox here, Consumer<Producer> closed) {
        home = link.home();
        this.closed = closed;
        feed = new Feed(link.origin(), link.track().parameters().encodings().size(), here, this);
        producer = new Producer(link, this);
        home.tell(_ -> feed.open());
    }

    Producer producer() {
        return producer;
    }

    @Override
    public void askKeyFrame(Encoding encoding) {
        int index = encoding.view.encodingIndex();
        home.tell(now -> feed.askKeyFrame(index, now));
    }

    @Override
    public void wantLayers(int maxSpatialLayer) {
        home.tell(_ -> feed.wantLayers(maxSpatialLayer));
    }

    @Override
    public void want(boolean isWanted) {
        if (isWanted) {
            home.tell(_ -> feed.start());
        } else {
            home.tell(_ -> feed.stop());
        }
    }

    @Override
    public void end() {
        if (!isEnded) {
            isEnded = true;
            home.tell(_ -> feed.end());
        }
    }

    /// A packet came. A fault of ours ends the mirror, or each packet would be one more.
    ///
    /// @param bytes of the packet, which nobody else reads
    void onPacket(int encodingIndex, byte[] bytes, long nowNanos) {
        if (isEnded || !packet.wrap(bytes)) {
            return;
        }
        try {
            producer.onMirrored(packet, encodingIndex, nowNanos);
        } catch (RuntimeException | AssertionError e) {
            end();
            closed.accept(producer);
            throw e;
        }
    }

    void leaveOut(int seq, int encodingIndex) {
        if (!isEnded) {
            producer.leaveOut(seq, encodingIndex);
        }
    }

    /// Packets are missing, and those that need them will not come.
    void onCut(int encodingIndex) {
        if (!isEnded) {
            producer.onCut(encodingIndex);
        }
    }

    void onAlive(int encodingIndex, boolean isAlive, long sinceNanos, long nowNanos) {
        if (!isEnded) {
            producer.become(encodingIndex, isAlive, sinceNanos, nowNanos);
            producer.lookSoon();
        }
    }

    void onSenderReport(int encodingIndex, long ntpTime, long rtpTicks) {
        if (!isEnded) {
            producer.encoding(encodingIndex).clock.onSenderReport(ntpTime, rtpTicks);
        }
    }

    void restart() {
        if (!isEnded) {
            producer.restart();
        }
    }

    void setPaused(boolean isPaused) {
        if (!isEnded) {
            producer.setPaused(isPaused);
        }
    }

    void onClosed() {
        if (!isEnded) {
            isEnded = true;
            closed.accept(producer);
        }
    }
}
