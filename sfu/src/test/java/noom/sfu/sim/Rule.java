// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

/// What holds at every moment of every meeting.
enum Rule {
    /// SSRC, payload type, mid and extensions are those that signalling told.
    SIGNALLED,
    /// Numbers towards a receiver have no hole but for what did not come in.
    CONTIGUOUS,
    /// Timestamps never go back, are one within a picture, and tell when it was taken.
    TIMESTAMPS,
    /// PictureID and TL0PICIDX go on without a break.
    PICTURES,
    /// A picture goes out only if what it builds upon did, or could not.
    DECODABLE,
    /// A number stands for one packet for ever, and that as its sender made it.
    SAME_CONTENT,
    /// Something is sent only to who has just checked, and nothing to who has gone.
    CONSENT,
    /// What is asked for is missing, and not asked for too often.
    REQUESTS,
    /// What is told of arrivals is true.
    ARRIVALS,
    /// What reports say is true.
    REPORTS,
    /// Every packet is taken once: none refused, none twice.
    REPLAY,
    /// Tables hold what there is, and no more.
    BOUNDS,
    /// A receiver gets no more cameras than it may, those of who spoke last, and those come.
    FACES,
    /// Who has the floor has talked, and who talks gets it.
    FLOOR,
    /// When all have left nothing remains.
    EMPTY,
    /// When the network is well again everyone gets what they want.
    LIVENESS,
    /// Nothing of ours throws.
    FAULT
}
