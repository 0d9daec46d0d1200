// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

/// Chooses what one receiver gets of a track.
///
/// Owner: the consumer. All packets of a picture's frame get the same answer, in whatever
/// order they come; every packet of the track is offered once. Asking changes state, so a
/// packet that is only sent again is not offered.
public sealed interface LayerSelector
        permits SimpleSelector, SimulcastSelector, Vp9Selector, DependencySelector {
    /// No layer, no encoding.
    int NONE = -1;

    /// What becomes of a packet.
    enum Verdict {
        /// Goes on.
        FORWARD,
        /// Goes on as the first of a source: numbers begin anew here.
        START,
        /// Is of the source but left out: numbers close up over it.
        DROP,
        /// Is not of the source.
        IGNORE
    }

    /// Decides about a packet.
    Verdict select(MediaPacket packet, long nowNanos);

    /// The highest layers that the receiver wants; a bound, no promise.
    void prefer(int spatialLayer, int temporalLayer, long nowNanos);

    /// Begins anew after a pause: nothing until the next place where decoding can begin.
    void restart();

    /// The encoding that needs a key frame for this receiver, or [#NONE].
    int keyFrameWanted();

    /// The encoding or spatial layer that goes on now, or [#NONE].
    int currentSpatialLayer();

    /// The temporal layer that goes on now, or [#NONE].
    int currentTemporalLayer();

    /// The highest encoding or spatial layer that it wants, now or soon; [#NONE] if nothing.
    int wantedSpatialLayer();

    /// Whether a packet that goes on is the last of its picture for this receiver.
    boolean endsPicture(MediaPacket packet);
}
