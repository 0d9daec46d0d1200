// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import noom.sfu.ortc.Consumable;
import noom.sfu.ortc.ProduceCheck;

/// All that another worker's router needs to mirror a track ([Router#mirror]).
///
/// Immutable: it goes from one owner to another. The producer in it is its home's, and only named
/// in what is told there.
public final class TrackLink {
    private final String id;
    private final ProduceCheck.Accepted track;
    private final Consumable consumable;
    private final Producer origin;
    private final RouterMailbox home;

    TrackLink(
            String id,
            ProduceCheck.Accepted track,
            Consumable consumable,
            Producer origin,
            RouterMailbox home) {
        this.id = id;
        this.track = track;
        this.consumable = consumable;
        this.origin = origin;
        this.home = home;
    }

    /// The producer's name.
    public String id() {
        return id;
    }

    ProduceCheck.Accepted track() {
        return track;
    }

    Consumable consumable() {
        return consumable;
    }

    Producer origin() {
        return origin;
    }

    RouterMailbox home() {
        return home;
    }
}
