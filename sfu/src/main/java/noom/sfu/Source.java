// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

/// Where a producer's packets come from, and so where its wishes go: who sends them ([Sender]), or
/// the producer on another worker that it mirrors ([Mirror]).
///
/// Owner: the producer.
interface Source {
    /// A receiver needs a key frame.
    void askKeyFrame(Encoding encoding);

    /// As [Producer.Sink#onLayersWanted].
    void wantLayers(int maxSpatialLayer);

    /// Somebody receives it now, or nobody.
    void want(boolean isWanted);

    /// Nobody will ask for it again.
    void end();
}
