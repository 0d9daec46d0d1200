// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.TreeMap;
import java.util.function.Supplier;
import noom.rtc.codec.Vp8Descriptor;
import org.jspecify.annotations.Nullable;

/// How the pictures are numbered that go to one receiver of one track (RFC 7741 §4.2), and whether
/// it was sent what they build upon.
final class ForwardedPictures {
    private static final int REMEMBERED = 1 << 11;

    private final ForwardedTrack track;
    private final TreeMap<Integer, Integer> idOfFrame = new TreeMap<>();
    private int maxFrame;
    private int maxId = -1;
    private int maxTl0 = -1;
    private int tl0Offset;

    ForwardedPictures(ForwardedTrack track) {
        this.track = track;
    }

    private void require(boolean holds, Rule rule, Supplier<String> detail) {
        track.require(holds, rule, detail);
    }

    /// Nothing builds upon what was before.
    void startRun() {
        idOfFrame.clear();
    }

    /// Takes the numbers of a picture for given.
    void believe(ForwardedRun run, Content content, Vp8Descriptor descriptor) {
        maxId = descriptor.pictureId();
        maxTl0 = descriptor.tl0PicIdx();
        tl0Offset = maxTl0 - run.stream().frames.get(content.frame).tl0;
        idOfFrame.put(content.frame, maxId);
    }

    /// A packet leaves with a higher number than all before.
    void onNewest(Content content) {
        maxFrame = content.frame;
    }

    /// A packet of a picture leaves.
    ///
    /// @param isBegun whether the run begins with it
    /// @param isAmbiguous whether nobody knows what its numbers mean
    /// @return whether it is the first of its picture
    boolean check(
            ForwardedRun run,
            Content content,
            Vp8Descriptor descriptor,
            boolean isBegun,
            boolean isAmbiguous) {
        var known = idOfFrame.get(content.frame);
        int id = descriptor.pictureId();
        if (id != Vp8Descriptor.ABSENT) {
            require(descriptor.isLongPictureId(), Rule.PICTURES, () -> "a short picture id");
            if (isAmbiguous) {
                maxId = id;
            } else {
                checkId(run, content.frame, isBegun, known, id);
            }
        }
        if (descriptor.tl0PicIdx() != Vp8Descriptor.ABSENT) {
            checkTl0(run.stream().frames.get(content.frame), isBegun, descriptor.tl0PicIdx());
        }
        if (known == null) {
            if (!isAmbiguous) {
                checkBuiltUpon(run, content);
            }
            idOfFrame.put(content.frame, id);
            if (idOfFrame.size() > REMEMBERED) {
                idOfFrame.pollFirstEntry();
            }
        }
        return known == null;
    }

    private void checkId(
            ForwardedRun run, int frame, boolean isBegun, @Nullable Integer known, int id) {
        if (isBegun) {
            boolean isNext = maxId < 0 || id == (maxId + 1 & 0x7FFF);
            require(isNext, Rule.PICTURES, () -> "begins with picture " + id);
            maxId = id;
        } else if (known != null) {
            require(known == id, Rule.PICTURES, () -> "two ids for one picture");
        } else if (frame > maxFrame) {
            int expected = maxId + 1 + run.unseenBetween(maxFrame, frame) & 0x7FFF;
            require(id == expected, Rule.PICTURES, () -> id + " instead of " + expected);
            maxId = id;
        } else {
            var before = idOfFrame.lowerEntry(frame);
            var after = idOfFrame.higherEntry(frame);
            boolean isBetween =
                    (before == null || (id - before.getValue() & 0x7FFF) < 0x4000)
                            && (after == null || (after.getValue() - id & 0x7FFF) < 0x4000)
                            && !idOfFrame.containsValue(id);
            require(isBetween, Rule.PICTURES, () -> "a late picture in a wrong place");
        }
    }

    private void checkTl0(SimStream.Frame frame, boolean isBegun, int tl0) {
        if (isBegun) {
            boolean isNext = maxTl0 < 0 || tl0 == (maxTl0 + 1 & 0xFF);
            require(isNext, Rule.PICTURES, () -> "begins with TL0PICIDX " + tl0);
            tl0Offset = tl0 - frame.tl0;
            maxTl0 = tl0;
        }
        int expected = frame.tl0 + tl0Offset & 0xFF;
        require(tl0 == expected, Rule.PICTURES, () -> "TL0PICIDX " + tl0 + ", not " + expected);
        if ((byte) (tl0 - maxTl0) > 0) {
            maxTl0 = tl0;
        }
    }

    /// What it builds upon went out in this run, or had not come in whole.
    private void checkBuiltUpon(ForwardedRun run, Content content) {
        for (int one : content.builtUpon) {
            if (one != Content.NONE && !idOfFrame.containsKey(one)) {
                require(
                        !run.isWhole(one),
                        Rule.DECODABLE,
                        () -> "picture " + one + " was left out, and what builds upon it was not");
            }
        }
    }
}
