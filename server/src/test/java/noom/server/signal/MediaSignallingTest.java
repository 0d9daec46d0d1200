// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import noom.server.RunningServer;
import noom.server.TestPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Media as pages set it up; no packet flows here. A meeting whose receivers are on another worker
/// than its senders looks the same to its pages.
@ParameterizedClass
@ValueSource(strings = {"1", "2"})
class MediaSignallingTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, Object> FINGERPRINT =
            Map.of(
                    "role",
                    "client",
                    "fingerprints",
                    List.of(Map.of("algorithm", "sha-256", "value", "AB:".repeat(31) + "AB")));

    @RegisterExtension private final RunningServer server;

    private String meeting;

    MediaSignallingTest(String workers) {
        server =
                new RunningServer(
                        "--faces",
                        "2",
                        "--public-ip",
                        "203.0.113.7",
                        "--media-workers",
                        workers,
                        "--media-spread",
                        "0");
    }

    private TestPage person(String name) {
        if (meeting == null) {
            meeting = server.meeting("", false);
        }
        var page = server.page();
        page.join(meeting, name);
        return page;
    }

    private static JsonNode open(TestPage page, String direction) {
        var request = new HashMap<String, Object>();
        request.put("direction", direction);
        if (direction.equals("receive")) {
            var answer = page.ask("media:capabilities", Map.of());
            request.put("rtpCapabilities", answer.get("rtpCapabilities"));
        } else {
            request.put("rtpCapabilities", null);
        }
        return page.ask("media:open", request);
    }

    /// What Chromium said once, under another mid.
    private static JsonNode captured(String name, int mid) {
        var folder = Path.of("..", "sfu", "src", "test", "resources", "noom", "sfu", "ortc");
        try {
            var file = folder.resolve("produce").resolve("produce-chromium-" + name + ".json");
            var parameters = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
            return parameters.put("mid", Integer.toString(mid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode produce(TestPage page, JsonNode transport, String role) {
        boolean isSound = role.endsWith("audio");
        return page.ask(
                "media:produce",
                Map.of(
                        "transportId",
                        transport.get("transportId").asString(),
                        "role",
                        role,
                        "rtpParameters",
                        isSound ? captured("opus", 0) : captured("vp8-3enc-L1T3", 1)));
    }

    private static JsonNode watch(TestPage page, JsonNode offer, boolean watching, int layer) {
        return page.ask(
                "media:watch",
                Map.of(
                        "consumerId",
                        offer.get("consumerId").asString(),
                        "watching",
                        watching,
                        "spatialLayer",
                        layer));
    }

    private static String codeOf(JsonNode answer) {
        return answer.path("code").asString("none: " + answer);
    }

    @Test
    void a_transport_tells_all_that_a_page_needs_to_reach_it() {
        var transport = open(person("Ada"), "send");

        assertThat(transport.get("kind").asString()).isEqualTo("transport-opened");
        assertThat(transport.at("/iceParameters/usernameFragment").asString()).hasSize(12);
        assertThat(transport.at("/iceParameters/iceLite").asBoolean()).isTrue();
        assertThat(transport.at("/dtlsParameters/fingerprints/0/value").asString())
                .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        var candidates = transport.get("iceCandidates");
        assertThat(candidates.at("/0/address").asString()).isEqualTo("127.0.0.1");
        assertThat(candidates.at("/1/address").asString()).as("beside it").isEqualTo("203.0.113.7");
        assertThat(candidates.at("/1/port").asInt()).isEqualTo(server.port());
        assertThat(candidates.at("/0/priority").asLong())
                .isGreaterThan(candidates.at("/1/priority").asLong());
    }

    @Test
    void everybody_is_offered_the_tracks_of_the_others_and_not_their_own() throws Exception {
        var ada = person("Ada");
        var bob = person("Bob");
        var early = produce(ada, open(ada, "send"), "audio");
        open(bob, "receive");
        open(ada, "receive");

        var voice = bob.next("media:consumer");
        var later = produce(ada, JSON.valueToTree(Map.of("transportId", "t1")), "camera");
        var face = bob.next("media:consumer");

        assertThat(voice.get("producerId")).isEqualTo(early.get("producerId"));
        assertThat(voice.get("role").asString()).isEqualTo("audio");
        assertThat(voice.get("personId").asString()).isEqualTo("p1");
        assertThat(face.get("producerId")).isEqualTo(later.get("producerId"));
        assertThat(face.at("/rtpParameters/encodings/0/scalabilityMode").asString())
                .startsWith("L3");
        assertThat(face.at("/rtpParameters/rtcp/cname"))
                .as("sound and picture in step")
                .isEqualTo(voice.at("/rtpParameters/rtcp/cname"));
        assertThat(ada.ask("media:state", Map.of()).get("consumers").size()).isZero();
    }

    @Test
    void who_was_away_learns_what_there_is() throws Exception {
        var ada = person("Ada");
        var bob = person("Bob");
        var line = open(ada, "send");
        var track = produce(ada, line, "audio");
        open(bob, "receive");
        var offer = bob.next("media:consumer");

        assertThat(ada.ask("media:state", Map.of()).get("transportIds"))
                .isEqualTo(JSON.valueToTree(List.of(line.get("transportId").asString())));
        assertThat(ada.ask("media:state", Map.of()).get("producerIds"))
                .isEqualTo(JSON.valueToTree(List.of(track.get("producerId").asString())));
        assertThat(bob.ask("media:state", Map.of()).get("consumers").get(0)).isEqualTo(offer);
        assertThat(person("Cleo").ask("media:state", Map.of()).get("transportIds").size()).isZero();
    }

    @Test
    void what_was_said_while_a_page_was_away_is_said_again() throws Exception {
        var ada = person("Ada");
        var track = produce(ada, open(ada, "send"), "camera");
        assertThat(ada.next("media:layers-wanted").get("maxSpatialLayer").asInt()).isEqualTo(-1);

        ada.ask("media:state", Map.of());

        assertThat(ada.next("media:speaker").get("personId").isNull()).isTrue();
        assertThat(ada.next("media:faces").get("personIds").isNull()).isTrue();
        var layers = ada.next("media:layers-wanted");
        assertThat(layers.get("producerId")).isEqualTo(track.get("producerId"));
        assertThat(layers.get("maxSpatialLayer").asInt()).isEqualTo(-1);
    }

    @Test
    void what_ends_is_taken_back() throws Exception {
        var ada = person("Ada");
        var bob = person("Bob");
        var line = open(ada, "send");
        open(bob, "receive");
        var track = produce(ada, line, "audio");
        var first = bob.next("media:consumer");
        ada.ask("media:close-producer", Map.of("producerId", track.get("producerId").asString()));
        assertThat(bob.next("media:consumer-closed").get("consumerId"))
                .isEqualTo(first.get("consumerId"));

        produce(ada, line, "audio");
        var second = bob.next("media:consumer");
        ada.ask("media:close", Map.of("transportId", line.get("transportId").asString()));
        assertThat(bob.next("media:consumer-closed").get("consumerId"))
                .isEqualTo(second.get("consumerId"));

        produce(ada, open(ada, "send"), "audio");
        var third = bob.next("media:consumer");
        ada.ask("meeting:leave", Map.of());
        assertThat(bob.next("media:consumer-closed").get("consumerId"))
                .isEqualTo(third.get("consumerId"));
    }

    @Test
    void a_second_track_or_transport_of_a_kind_takes_the_place_of_the_first() throws Exception {
        var ada = person("Ada");
        var bob = person("Bob");
        var line = open(ada, "send");
        open(bob, "receive");
        produce(ada, line, "audio");
        var before = bob.next("media:consumer");

        produce(ada, line, "audio");
        assertThat(bob.next("media:consumer-closed").get("consumerId"))
                .isEqualTo(before.get("consumerId"));
        var after = bob.next("media:consumer");
        var again = open(ada, "send");

        assertThat(bob.next("media:consumer-closed").get("consumerId"))
                .isEqualTo(after.get("consumerId"));
        assertThat(codeOf(produce(ada, line, "audio"))).isEqualTo("media-gone");
        assertThat(produce(ada, again, "audio").get("kind").asString()).isEqualTo("produced");
    }

    @Test
    void layers_that_nobody_watches_are_told_to_who_sends_them() throws Exception {
        var ada = person("Ada");
        var bob = person("Bob");
        var track = produce(ada, open(ada, "send"), "camera");
        assertThat(ada.next("media:layers-wanted").get("maxSpatialLayer").asInt()).isEqualTo(-1);
        open(bob, "receive");
        var offer = bob.next("media:consumer");

        watch(bob, offer, true, 1);
        var wanted = ada.next("media:layers-wanted");
        watch(bob, offer, false, 1);
        var unwanted = ada.next("media:layers-wanted");

        assertThat(wanted.get("producerId")).isEqualTo(track.get("producerId"));
        assertThat(wanted.get("maxSpatialLayer").asInt()).isEqualTo(1);
        assertThat(unwanted.get("maxSpatialLayer").asInt()).isEqualTo(-1);
    }

    @Test
    void of_many_faces_come_as_many_as_one_may_get() throws Exception {
        var watcher = person("Ada");
        open(watcher, "receive");
        var cameras = new ArrayList<TestPage>();
        for (int i = 0; i < 2; i++) {
            cameras.add(person("Bob " + i));
            produce(cameras.getLast(), open(cameras.getLast(), "send"), "camera");
            watch(watcher, watcher.next("media:consumer"), true, 2);
        }
        assertThat(watcher.heardNothingOf("media:faces")).as("two are within two").isTrue();

        var third = person("Cleo");
        produce(third, open(third, "send"), "camera");

        assertThat(watcher.next("media:faces").get("personIds"))
                .isEqualTo(JSON.valueToTree(List.of("p2", "p3")));
        cameras.getFirst().ask("meeting:leave", Map.of());
        assertThat(watcher.next("media:faces").get("personIds").isNull()).isTrue();
    }

    @Test
    void who_connects_is_told_once_and_may_be_told_again() {
        var ada = person("Ada");
        String id = open(ada, "send").get("transportId").asString();
        var other =
                Map.of(
                        "fingerprints",
                        List.of(Map.of("algorithm", "sha-256", "value", "CD:".repeat(31) + "CD")));

        for (int i = 0; i < 2; i++) {
            assertThat(connect(ada, id, FINGERPRINT).get("kind").asString()).isEqualTo("done");
        }
        assertThat(codeOf(connect(ada, id, other))).isEqualTo("media-refused");
        assertThat(codeOf(connect(ada, id, Map.of()))).isEqualTo("media-refused");
        assertThat(codeOf(connect(ada, "t99", FINGERPRINT))).isEqualTo("media-gone");
    }

    private static JsonNode connect(TestPage page, String transportId, Map<String, ?> dtls) {
        return page.ask(
                "media:connect", Map.of("transportId", transportId, "dtlsParameters", dtls));
    }

    @Test
    void a_restart_brings_new_credentials_for_the_same_transport() {
        var ada = person("Ada");
        var line = open(ada, "send");

        var restarted =
                ada.ask(
                        "media:restart-ice",
                        Map.of("transportId", line.get("transportId").asString()));

        assertThat(restarted.at("/iceParameters/usernameFragment").asString())
                .hasSize(12)
                .isNotEqualTo(line.at("/iceParameters/usernameFragment").asString());
    }

    @Test
    void nobody_reaches_what_is_anothers() throws Exception {
        var ada = person("Ada");
        var bob = person("Bob");
        var line = open(ada, "send");
        open(bob, "receive");
        var track = produce(ada, line, "audio");
        var offer = bob.next("media:consumer");
        var eve = person("Eve");
        open(eve, "send");
        String transport = line.get("transportId").asString();
        String producer = track.get("producerId").asString();

        assertThat(codeOf(produce(eve, line, "audio"))).isEqualTo("media-gone");
        assertThat(codeOf(connect(eve, transport, FINGERPRINT))).isEqualTo("media-gone");
        assertThat(codeOf(eve.ask("media:restart-ice", Map.of("transportId", transport))))
                .isEqualTo("media-gone");
        assertThat(codeOf(eve.ask("media:close-producer", Map.of("producerId", producer))))
                .isEqualTo("media-gone");
        assertThat(codeOf(watch(eve, offer, true, 0))).isEqualTo("media-gone");
        eve.ask("media:close", Map.of("transportId", transport));
        assertThat(ada.ask("media:state", Map.of()).get("producerIds").size()).isEqualTo(1);
    }

    @Test
    void what_makes_no_sense_is_refused_and_changes_nothing() throws Exception {
        var ada = person("Ada");
        var line = open(ada, "send");
        var bob = person("Bob");
        open(bob, "receive");
        produce(ada, line, "audio");
        var offer = bob.next("media:consumer");

        assertThat(codeOf(ada.ask("media:open", Map.of("direction", "receive"))))
                .isEqualTo("bad-request");
        assertThat(codeOf(watch(bob, offer, true, -1))).isEqualTo("media-refused");
        assertThat(codeOf(watch(bob, offer, true, 8))).isEqualTo("media-refused");
        assertThat(
                        codeOf(
                                ada.ask(
                                        "media:produce",
                                        Map.of(
                                                "transportId",
                                                line.get("transportId").asString(),
                                                "role",
                                                "camera",
                                                "rtpParameters",
                                                captured("opus", 2)))))
                .as("a camera that is a microphone")
                .isEqualTo("media-refused");
        assertThat(ada.ask("media:state", Map.of()).get("producerIds").size()).isEqualTo(1);
    }

    @Test
    void who_is_not_in_a_meeting_gets_no_media() {
        assertThat(codeOf(server.page().ask("media:state", Map.of()))).isEqualTo("not-in-meeting");
        var ada = person("Ada");
        ada.ask("meeting:leave", Map.of());
        assertThat(codeOf(open(ada, "send"))).isEqualTo("not-in-meeting");
    }
}
