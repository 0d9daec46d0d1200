// SPDX-License-Identifier: Apache-2.0
package noom.sfu.audio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds who has the floor, as in "Dominant Speaker Identification for Multipoint
/// Videoconferencing" (Volfin and Cohen, 2012).
///
/// Owner: the router. A voice is looked at over three spans: now, a tenth of a second, a
/// second. For each the chance that it is speech is set against that it is noise; to take the
/// floor a voice must be clearly ahead of who has it in all three. So a cough does not take
/// it, and a pause for breath does not lose it.
public final class ActiveSpeaker {
    /// The time between two decisions.
    public static final long INTERVAL_NANOS = Duration.ofMillis(300).toNanos();

    /// Nobody.
    public static final String NOBODY = "";

    private static final int MEDIUM_STEPS = 5;
    private static final int MEDIUM_COUNT = Voice.STEPS / MEDIUM_STEPS;

    /// Loudness is counted in bands of so many dB.
    private static final int BAND_DB = 13;

    /// Bands that a quiet room reaches: they do not count.
    private static final int NOISE_BANDS = 4;

    private static final int BANDS = Voice.SILENCE_DB / BAND_DB + 1 - NOISE_BANDS;

    /// How many bands above noise a step must reach to be speech.
    private static final int SPEECH_BANDS = 2;

    /// Of how many steps a medium span must consist of speech to be speech itself.
    private static final int SPEECH_STEPS = 2;

    private static final double NOW_RATE = 0.78;
    private static final double MEDIUM_RATE = 24;
    private static final double LONG_RATE = 47;
    private static final double LEAST_SCORE = 1e-10;

    /// How far ahead a voice must be, as logarithms of the ratio of scores.
    private static final double NOW_LEAD = 3;

    private static final double MEDIUM_LEAD = 2;
    private static final double LONG_LEAD = 0;

    private final Sink sink;
    private final List<Voice> voices = new ArrayList<>();
    private @Nullable Voice dominant;
    private long dueNanos = Long.MIN_VALUE;

    /// What comes out.
    @FunctionalInterface
    public interface Sink {
        /// Another voice has the floor, [#NOBODY] if who had it has left.
        void onActiveSpeaker(String voiceId);
    }

    /// Nobody speaks yet.
    public ActiveSpeaker(Sink sink) {
        this.sink = sink;
    }

    /// A voice joins.
    public void add(Voice voice) {
        voices.add(voice);
    }

    /// A voice leaves, or is muted.
    public void remove(Voice voice) {
        voices.remove(voice);
        if (dominant == voice) {
            dominant = null;
            sink.onActiveSpeaker(NOBODY);
        }
    }

    /// When it next wants time; `Long.MAX_VALUE` if never.
    public long nextDeadlineNanos() {
        return voices.isEmpty() ? Long.MAX_VALUE : dueNanos;
    }

    /// Decides anew, if it is time.
    public void advance(long nowNanos) {
        if (voices.isEmpty() || nowNanos < dueNanos) {
            return;
        }
        dueNanos = nowNanos + INTERVAL_NANOS;
        var holder = dominant;
        var holderScores = holder == null ? Scores.LEAST : scores(holder, nowNanos);
        Voice next = null;
        double bestLead = 0;
        for (var voice : voices) {
            if (voice == holder) {
                continue;
            }
            var scores = scores(voice, nowNanos);
            double mediumLead = Math.log(scores.medium / holderScores.medium);
            boolean isAhead =
                    Math.log(scores.now / holderScores.now) > NOW_LEAD
                            && mediumLead > MEDIUM_LEAD
                            && Math.log(scores.lasting / holderScores.lasting) > LONG_LEAD;
            if (isAhead && mediumLead > bestLead) {
                bestLead = mediumLead;
                next = voice;
            }
        }
        if (next != null) {
            dominant = next;
            sink.onActiveSpeaker(next.id());
        }
    }

    /// How much more likely speech than noise, over each span.
    private record Scores(double now, double medium, double lasting) {
        static final Scores LEAST = new Scores(LEAST_SCORE, LEAST_SCORE, LEAST_SCORE);
    }

    private static Scores scores(Voice voice, long nowNanos) {
        voice.moveTo(nowNanos);
        int loudest = 0;
        int mediumSpeech = 0;
        int lastingSpeech = 0;
        for (int medium = 0; medium < MEDIUM_COUNT; medium++) {
            int speech = 0;
            for (int i = 0; i < MEDIUM_STEPS; i++) {
                int bands = voice.loudness(medium * MEDIUM_STEPS + i) / BAND_DB - NOISE_BANDS;
                speech += bands >= SPEECH_BANDS ? 1 : 0;
                loudest = medium == 0 ? Math.max(loudest, bands) : loudest;
            }
            mediumSpeech = medium == 0 ? speech : Math.max(mediumSpeech, medium == 1 ? speech : 0);
            lastingSpeech += speech >= SPEECH_STEPS ? 1 : 0;
        }
        return new Scores(
                score(loudest, BANDS, NOW_RATE),
                score(mediumSpeech, MEDIUM_STEPS, MEDIUM_RATE),
                score(lastingSpeech, MEDIUM_COUNT, LONG_RATE));
    }

    /// The paper's likelihood ratio: active steps are binomial in speech, with one half, and
    /// exponential in noise.
    private static double score(int active, int count, double rate) {
        double score =
                logBinomial(count, active) + count * Math.log(0.5) - Math.log(rate) + rate * active;
        return Math.max(score, LEAST_SCORE);
    }

    private static double logBinomial(int count, int active) {
        double sum = 0;
        for (int i = 1; i <= active; i++) {
            sum += Math.log((double) (count - active + i) / i);
        }
        return sum;
    }
}
