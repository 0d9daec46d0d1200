// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import noom.sfu.audio.LastN;
import org.jspecify.annotations.Nullable;

/// Whose faces one receiver gets when more people show theirs than it may get: those who spoke
/// last.
///
/// Owner: the media worker.
final class FaceChoice {
    private final LastN order = new LastN();
    private final Set<String> shown = new LinkedHashSet<>();
    private final int maxFaces;

    /// @param maxFaces at least 1
    FaceChoice(int maxFaces) {
        this.maxFaces = maxFaces;
    }

    void onCamera(String personId, boolean isThere) {
        if (isThere) {
            shown.add(personId);
            order.add(personId);
        } else {
            shown.remove(personId);
            order.remove(personId);
        }
    }

    void onSpeaker(String personId) {
        order.onActiveSpeaker(personId);
    }

    /// The most important first; null when all may come.
    @Nullable List<String> of(String receiver) {
        int others = shown.size() - (shown.contains(receiver) ? 1 : 0);
        return others <= maxFaces ? null : order.choose(receiver, Set.of(), maxFaces);
    }
}
