// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import noom.sfu.Producer;
import noom.sfu.ortc.MediaKind;
import noom.sfu.ortc.RtpEncodingParameters;
import noom.sfu.ortc.RtpParameters;
import org.jspecify.annotations.Nullable;

/// A track that a browser sends, and what the server has made of it.
final class SimTrack {
    /// What is sent.
    enum Kind {
        SOUND,
        /// Three encodings with three temporal layers each.
        CAMERA,
        /// One encoding without layers.
        SCREEN
    }

    final int id;
    final SimBrowser owner;
    final Kind kind;
    final String mid;
    final boolean isVideo;
    final int clockRate;
    final int payloadType;
    final int rtxPayloadType;
    final RtpParameters offer;
    final List<SimStream> streams = new ArrayList<>();

    /// Who was offered it, and what came of that last.
    final Map<SimBrowser, ForwardedTrack> forwarded = new LinkedHashMap<>();

    @Nullable Producer producer;
    long producedNanos;
    boolean isClosed;

    /// Whether the server was told to hold it.
    boolean isHeld;

    /// How often the server began anew with it.
    int epoch;

    SimTrack(int id, SimBrowser owner, Kind kind, String mid, SplittableRandom random) {
        this.id = id;
        this.owner = owner;
        this.kind = kind;
        this.mid = mid;
        isVideo = kind != Kind.SOUND;
        clockRate = isVideo ? 90_000 : 48_000;
        payloadType = isVideo ? 96 : 111;
        rtxPayloadType = 97;
        for (int i = 0; i < (kind == Kind.CAMERA ? 3 : 1); i++) {
            streams.add(new SimStream(this, i, kind == Kind.CAMERA ? "r" + i : "", random));
        }
        var first = streams.getFirst();
        offer =
                switch (kind) {
                    case SOUND -> Offers.sound(mid, first.ssrc);
                    case CAMERA -> Offers.camera(mid);
                    case SCREEN -> Offers.screen(mid, first.ssrc, first.rtxSsrc);
                };
    }

    String name() {
        return "p" + id;
    }

    MediaKind mediaKind() {
        return isVideo ? MediaKind.VIDEO : MediaKind.AUDIO;
    }

    /// The server knows it from now on.
    void onProduced(Producer made, long nowNanos) {
        producer = made;
        producedNanos = nowNanos;
        for (var encoding : offer.encodings()) {
            if (encoding.ssrc() != RtpEncodingParameters.NO_SSRC) {
                streams.getFirst().isBound = true;
            }
        }
    }

    /// Whether packets that reach the server belong to somebody.
    boolean isKnown() {
        return producer != null && !isClosed;
    }

    @Nullable SimStream stream(long ssrc) {
        for (var stream : streams) {
            if (stream.ssrc == ssrc) {
                return stream;
            }
        }
        return null;
    }
}
