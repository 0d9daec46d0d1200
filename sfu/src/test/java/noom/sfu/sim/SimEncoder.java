// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Makes VP8 pictures for one stream: three temporal layers in Chromium's pattern, or none
/// (RFC 7741 §4.2). What a picture builds upon is in its payload.
final class SimEncoder {
    private static final int MOST_FILLING_BYTES = 60;

    /// Temporal layers of a group of eight.
    private static final int[] LAYERS = {0, 2, 1, 2, 0, 2, 1, 2};

    /// Pictures 1 and 2 of a group build upon the base only, so one may step up there.
    private static final int LAST_SYNC = 2;

    /// How pictures are numbered, as browsers differ.
    enum Numbering {
        LONG,
        SHORT,
        NONE
    }

    private final SimStream stream;
    private final int mostParts;
    private final SplittableRandom random;
    private final boolean isLayered;
    private final Numbering numbering;
    private final Content content = new Content();
    private final int[] newest = new int[3];
    private int inGroup;
    private int pictureId;
    private int tl0;

    /// @param mostParts packets of a picture of the lowest encoding
    SimEncoder(SimStream stream, int mostParts, SplittableRandom random) {
        this.stream = stream;
        this.mostParts = mostParts;
        this.random = random;
        isLayered = stream.track.kind == SimTrack.Kind.CAMERA;
        numbering =
                isLayered
                        ? Numbering.LONG
                        : List.of(Numbering.values())
                                .get(random.nextInt(Numbering.values().length));
        stream.isShort = numbering == Numbering.SHORT;
        pictureId = (1 << 15) - random.nextInt(60);
        tl0 = random.nextInt(256);
    }

    /// The packets of the next picture.
    List<byte[]> film(long captureNanos) {
        boolean isKey = stream.isKeyWanted;
        stream.isKeyWanted = false;
        inGroup = isKey ? 0 : (inGroup + 1) % LAYERS.length;
        var frame = new SimStream.Frame();
        frame.isKey = isKey;
        frame.temporal = isLayered ? LAYERS[inGroup] : 0;
        frame.isSync = isLayered && inGroup > 0 && inGroup <= LAST_SYNC;
        frame.builtUpon = isKey ? new int[0] : builtUpon(frame);
        frame.captureNanos = captureNanos;
        frame.firstNumber = stream.newestNumber() + 1;
        int most = mostParts + stream.encoding;
        frame.parts = 1 + random.nextInt(isKey ? 2 * most : most);
        tl0 = (tl0 + (frame.temporal == 0 ? 1 : 0)) & 0xFF;
        frame.tl0 = tl0;
        pictureId = (pictureId + 1) & 0x7FFF;
        remember(frame);
        stream.frames.add(frame);
        var packets = new ArrayList<byte[]>();
        for (int part = 0; part < frame.parts; part++) {
            boolean isLast = part == frame.parts - 1;
            packets.add(stream.media(payload(frame, part), isLast, captureNanos, 0));
        }
        return packets;
    }

    private int[] builtUpon(SimStream.Frame frame) {
        if (frame.temporal == 0 || frame.isSync) {
            return new int[] {newest[0]};
        }
        return Arrays.stream(newest, 0, frame.temporal + 1)
                .filter(one -> one >= newest[0] || one > newest[0] - LAYERS.length)
                .toArray();
    }

    private void remember(SimStream.Frame frame) {
        int number = stream.frames.size();
        if (frame.isKey) {
            Arrays.fill(newest, number);
        }
        newest[frame.temporal] = number;
    }

    private byte[] payload(SimStream.Frame frame, int part) {
        int descriptorBytes = descriptorBytes();
        int filling = random.nextInt(MOST_FILLING_BYTES);
        var payload = new byte[descriptorBytes + 1 + Content.BYTES + filling];
        describe(frame, part, payload);
        payload[descriptorBytes] = (byte) (frame.isKey ? 0 : 1);
        content.track = stream.track.id;
        content.encoding = stream.encoding;
        content.temporal = frame.temporal;
        content.number = (int) (frame.firstNumber + part);
        content.frame = stream.frames.size() - 1;
        content.part = part;
        content.parts = frame.parts;
        content.isKey = frame.isKey;
        content.isSync = frame.isSync;
        content.captureNanos = frame.captureNanos;
        Arrays.fill(content.builtUpon, Content.NONE);
        System.arraycopy(frame.builtUpon, 0, content.builtUpon, 0, frame.builtUpon.length);
        content.writeTo(payload, descriptorBytes + 1);
        return payload;
    }

    private int descriptorBytes() {
        if (isLayered) {
            return 6;
        }
        return switch (numbering) {
            case LONG -> 4;
            case SHORT -> 3;
            case NONE -> 1;
        };
    }

    private void describe(SimStream.Frame frame, int part, byte[] payload) {
        int first = part == 0 ? 0x10 : 0;
        if (numbering == Numbering.NONE) {
            payload[0] = (byte) first;
            return;
        }
        payload[0] = (byte) (0x80 | first);
        payload[1] = (byte) (isLayered ? 0xE0 : 0x80);
        if (numbering == Numbering.SHORT) {
            payload[2] = (byte) (pictureId & 0x7F);
            return;
        }
        payload[2] = (byte) (0x80 | pictureId >>> 8);
        payload[3] = (byte) pictureId;
        if (isLayered) {
            payload[4] = (byte) frame.tl0;
            payload[5] = (byte) (frame.temporal << 6 | (frame.isSync ? 0x20 : 0));
        }
    }
}
