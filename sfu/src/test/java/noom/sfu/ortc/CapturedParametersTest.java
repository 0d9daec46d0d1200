// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What real browsers sent, taken through to what a receiver gets, compared with files kept
/// beside this. After a wanted change, write them anew with `-Dgolden.write=true` and read the
/// difference.
class CapturedParametersTest {
    private static final Path GOLDEN = Path.of("src/test/resources/noom/sfu/ortc/consume");
    private static final String CNAME = "generated-cname";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chromium-av1-1enc-L1T3",
                "chromium-av1-1enc-L3T3",
                "chromium-av1-3enc-L1T3",
                "chromium-h264-3enc-L1T3",
                "chromium-opus",
                "chromium-vp8-3enc-L1T3",
                "chromium-vp9-1enc-L3T3_KEY",
                "chromium-vp9-3enc-L1T3",
                "firefox-av1-1enc-L1T3",
                "firefox-av1-1enc-L3T3",
                "firefox-av1-3enc-none",
                "firefox-opus",
                "firefox-vp8-1enc-none",
                "firefox-vp8-3enc-L1T3",
                "firefox-vp9-3enc-none",
                "safari-vp8-3enc-L1T3"
            })
    void what_a_browser_sent_reaches_a_receiver_as_written_down(String name) throws IOException {
        var source = OrtcJson.captured(name);
        boolean isAudio = name.endsWith("opus");
        var rules = new ProduceRules(RouterCapabilities.STANDARD);
        var random = new SplittableRandom(1);

        var check =
                rules.check(
                        isAudio ? MediaKind.AUDIO : MediaKind.VIDEO,
                        source,
                        ProduceRules.InUse.NOTHING);

        assertThat(check).isInstanceOf(ProduceCheck.Accepted.class);
        var track = (ProduceCheck.Accepted) check;
        var consumable =
                new ConsumableBuilder(RouterCapabilities.STANDARD, random).build(track, CNAME);
        var told = new StringBuilder();
        told.append("type ").append(track.type()).append(", mode ").append(track.mode().text());
        told.append(", rtx ").append(track.rtxPayloadType()).append('\n');
        told.append("consumable ").append(OrtcJson.write(consumable.parameters()));
        tell("chromium", consumable, Receivers.chromium(), told);
        tell("firefox", consumable, Receivers.firefox(), told);
        compare(GOLDEN.resolve(name + ".txt"), told.toString());
    }

    private static void tell(
            String receiver, Consumable track, RtpCapabilities peer, StringBuilder told) {
        var place = new ConsumeBuilder.Place("0", Set.of());
        var check = new ConsumeBuilder(new SplittableRandom(2)).build(track, peer, place);
        told.append(receiver).append(' ');
        switch (check) {
            case ConsumeCheck.Accepted(RtpParameters parameters) ->
                    told.append(OrtcJson.write(parameters));
            case ConsumeCheck.Refused(OrtcRefusal reason, String at) ->
                    told.append(reason).append(" at ").append(at).append('\n');
        }
    }

    private static void compare(Path file, String told) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, told);
        }
        assertThat(told).isEqualTo(Files.readString(file));
    }
}
