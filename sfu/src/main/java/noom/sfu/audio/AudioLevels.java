// SPDX-License-Identifier: Apache-2.0
package noom.sfu.audio;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Who is heard at all, loudest first: for meters beside names.
///
/// Owner: the router. Cold: asked about once a second.
public final class AudioLevels {
    /// Most voices told about.
    public static final int MAX_ENTRIES = 5;

    /// What is quieter than this is not told: a room without a voice in it.
    public static final int THRESHOLD_DB = 80;

    /// One voice.
    ///
    /// @param attenuationDb below the loudest possible, so 0 is loudest
    public record Entry(String voiceId, int attenuationDb) {}

    private AudioLevels() {}

    /// The loudest voices over the last second.
    public static List<Entry> loudest(List<Voice> voices, long nowNanos) {
        var entries = new ArrayList<Entry>();
        for (var voice : voices) {
            int attenuationDb = voice.meanAttenuationDb(nowNanos);
            if (attenuationDb <= THRESHOLD_DB) {
                entries.add(new Entry(voice.id(), attenuationDb));
            }
        }
        entries.sort(Comparator.comparingInt(Entry::attenuationDb));
        return List.copyOf(entries.subList(0, Math.min(MAX_ENTRIES, entries.size())));
    }
}
