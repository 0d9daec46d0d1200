// SPDX-License-Identifier: Apache-2.0
package noom.bench.meeting;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import noom.bench.run.BenchException;
import noom.rtc.dtls.Fingerprint;
import noom.rtc.ice.IceCredentials;
import org.jspecify.annotations.Nullable;

/// Somebody in a meeting, who sends tracks, or takes all that the others send, or both.
///
/// Owner: whoever let it join; what its lines carry belongs to their loops.
final class Peer implements AutoCloseable {
    private static final int CONNECT_SECONDS = 40;
    private static final JsonObject NO_MORE_OFFERS = new JsonObject();

    private final Stage stage;
    private final String meeting;
    private final Signalling signalling;
    private final BlockingQueue<JsonObject> offers = new LinkedBlockingQueue<>();
    private final List<String> tracks = new ArrayList<>();
    private @Nullable Line out;
    private @Nullable Line in;

    private Peer(Stage stage, String meeting) {
        this.stage = stage;
        this.meeting = meeting;
        signalling = Signalling.open(stage.http(), stage.port(), stage.nextSource(), this::onEvent);
    }

    /// Comes in, and neither sends nor takes anything yet.
    static Peer join(Stage stage, String meeting, String name) {
        var peer = new Peer(stage, meeting);
        var devices =
                new JsonObject().put("microphone", true).put("camera", true).put("screen", false);
        peer.signalling.ask(
                "meeting:join",
                new JsonObject()
                        .put("meetingId", meeting)
                        .put("name", name)
                        .putNull("resumeSecret")
                        .putNull("lastSeq")
                        .put("devices", devices));
        return peer;
    }

    private void onEvent(String name, JsonObject body) {
        if (name.equals("media:consumer")) {
            offers.add(body);
        }
    }

    /// Begins to send, when the line stands.
    Peer publish(TrackShape... shapes) {
        var opened =
                open("send", new JsonObject().put("direction", "send").putNull("rtpCapabilities"));
        var line = connect(stage.senders(), opened);
        out = line;
        for (var shape : shapes) {
            var source = new MediaSource(shape, stage.nextSsrc());
            var answer =
                    signalling.ask(
                            "media:produce",
                            new JsonObject()
                                    .put("transportId", opened.getString("transportId"))
                                    .put("role", shape.role())
                                    .put(
                                            "rtpParameters",
                                            shape.rtpParameters(
                                                    Integer.toString(tracks.size()),
                                                    source.ssrc())));
            String key = key(answer.getString("producerId"));
            tracks.add(key);
            stage.learn(key, line, source);
            long first = stage.firstNanos(shape);
            line.loop().execute(() -> line.add(source, first));
        }
        return this;
    }

    private JsonObject open(String direction, JsonObject request) {
        var opened = signalling.ask("media:open", request);
        if (!opened.getString("kind", "").equals("transport-opened")) {
            throw new BenchException("no transport to " + direction + ": " + opened.encode());
        }
        return opened;
    }

    private Line connect(MediaLoop loop, JsonObject opened) {
        var ice = opened.getJsonObject("iceParameters");
        var dtls =
                opened.getJsonObject("dtlsParameters")
                        .getJsonArray("fingerprints")
                        .getJsonObject(0);
        var candidate = opened.getJsonArray("iceCandidates").getJsonObject(0);
        var remote =
                new Line.Remote(
                        new InetSocketAddress(
                                candidate.getString("address"), candidate.getInteger("port")),
                        new IceCredentials(
                                ice.getString("usernameFragment"), ice.getString("password")),
                        Fingerprint.parse(dtls.getString("algorithm"), dtls.getString("value"))
                                .orElseThrow());
        signalling.ask(
                "media:connect",
                new JsonObject()
                        .put("transportId", opened.getString("transportId"))
                        .put("dtlsParameters", dtlsParameters()));
        var line = new Line(loop, remote, stage.certificate(), stage.random());
        try {
            line.start().orTimeout(CONNECT_SECONDS, TimeUnit.SECONDS).join();
            return line;
        } catch (CompletionException e) {
            line.close();
            throw new BenchException("a line does not connect: " + e.getCause());
        }
    }

    private JsonObject dtlsParameters() {
        var own = stage.certificate().fingerprint();
        var fingerprint =
                new JsonObject().put("algorithm", own.algorithm().text()).put("value", own.value());
        return new JsonObject()
                .put("role", "client")
                .put("fingerprints", new JsonArray().add(fingerprint));
    }

    /// Takes whatever the others send, now and later.
    Peer watch() {
        var request =
                new JsonObject()
                        .put("direction", "receive")
                        .put("rtpCapabilities", stage.capabilities(signalling));
        var line = connect(stage.receivers(), open("receive", request));
        in = line;
        Thread.ofVirtual().name("offers").start(() -> takeOffers(line));
        return this;
    }

    private void takeOffers(Line line) {
        try {
            for (var offer = offers.take(); !offer.isEmpty(); offer = offers.take()) {
                take(line, offer);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (BenchException e) {
            stage.onTrouble(e);
        }
    }

    private void take(Line line, JsonObject offer) {
        long ssrc =
                offer.getJsonObject("rtpParameters")
                        .getJsonArray("encodings")
                        .getJsonObject(0)
                        .getLong("ssrc");
        boolean isVideo = offer.getString("role").equals("camera");
        var stream =
                new ReceivedStream(
                        key(offer.getString("producerId")),
                        ssrc,
                        isVideo ? MediaSource.VP8_BYTES : 0);
        line.loop().execute(() -> line.add(stream));
        signalling.ask(
                "media:watch",
                new JsonObject()
                        .put("consumerId", offer.getString("consumerId"))
                        .put("watching", true)
                        .put("spatialLayer", 0));
    }

    /// Ids of producers are those of one meeting.
    private String key(String producerId) {
        return meeting + "/" + producerId;
    }

    /// What it takes from others: each with the packets that came. On the loop of receivers.
    List<ReceivedStream> streams() {
        return in == null ? List.of() : in.streams();
    }

    /// Hears nothing any more, and the server does not know.
    void turnDeaf() {
        if (in != null) {
            in.close();
        }
    }

    /// Goes as one does.
    void leave() {
        signalling.ask("meeting:leave", new JsonObject());
        close();
    }

    /// Is gone, without a word to anybody.
    @Override
    public void close() {
        offers.add(NO_MORE_OFFERS);
        signalling.close();
        if (out != null) {
            out.close();
        }
        if (in != null) {
            in.close();
        }
        tracks.forEach(stage::forget);
    }
}
