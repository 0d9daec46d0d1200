// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

/// For a track of one encoding without layers: sound, or a single picture. A picture begins
/// with a key frame.
public final class SimpleSelector implements LayerSelector {
    private final boolean needsKeyFrame;
    private boolean isStarted;

    /// For sound or picture.
    ///
    /// @param needsKeyFrame whether decoding can begin at key frames only
    public SimpleSelector(boolean needsKeyFrame) {
        this.needsKeyFrame = needsKeyFrame;
    }

    @Override
    public Verdict select(MediaPacket packet, long nowNanos) {
        if (isStarted) {
            return Verdict.FORWARD;
        }
        if (needsKeyFrame && !packet.isKeyFrameStart()) {
            return Verdict.IGNORE;
        }
        isStarted = true;
        return Verdict.START;
    }

    @Override
    public void prefer(int spatialLayer, int temporalLayer, long nowNanos) {
        // There is nothing to choose.
    }

    @Override
    public void restart() {
        isStarted = false;
    }

    @Override
    public int keyFrameWanted() {
        return needsKeyFrame && !isStarted ? 0 : NONE;
    }

    @Override
    public int currentSpatialLayer() {
        return isStarted ? 0 : NONE;
    }

    @Override
    public int currentTemporalLayer() {
        return isStarted ? 0 : NONE;
    }

    @Override
    public int wantedSpatialLayer() {
        return 0;
    }

    @Override
    public boolean endsPicture(MediaPacket packet) {
        return packet.rtp().isMarker();
    }
}
