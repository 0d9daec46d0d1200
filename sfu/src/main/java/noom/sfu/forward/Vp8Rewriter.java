// SPDX-License-Identifier: Apache-2.0
package noom.sfu.forward;

import noom.rtc.codec.Vp8Descriptor;

/// Renumbers the pictures of VP8: PictureID and TL0PICIDX go on without a break when the
/// source changes and when temporal layers are left out (RFC 7741 §4.2).
///
/// Owner: the consumer. A PictureID that goes out always has 15 bits: receivers do not take a
/// change of width well.
public final class Vp8Rewriter {
    private static final int LONG_BITS = 15;
    private static final int SHORT_BITS = 7;

    private final SeqRewriter pictures;
    private int pictureBits;
    private int tl0Offset;
    private int newestTl0;
    private boolean hasTl0;
    private int pictureId;
    private int tl0PicIdx;

    /// Begins with this PictureID and TL0PICIDX.
    public Vp8Rewriter(int firstPictureId, int firstTl0PicIdx) {
        pictures = new SeqRewriter(LONG_BITS, firstPictureId);
        newestTl0 = (firstTl0PicIdx - 1) & 0xFF;
    }

    /// Begins with another source, whose first packet this is.
    public void resync(Vp8Descriptor first) {
        hasTl0 = first.tl0PicIdx() != Vp8Descriptor.ABSENT;
        if (hasTl0) {
            tl0Offset = newestTl0 + 1 - first.tl0PicIdx();
        }
        pictureBits = 0;
        if (first.pictureId() != Vp8Descriptor.ABSENT) {
            resyncPictures(first);
        }
    }

    /// Finds the numbers that go out.
    ///
    /// @return false if the picture is not to be sent: left out before, or before the first
    public boolean rewrite(Vp8Descriptor packet) {
        if (packet.pictureId() != Vp8Descriptor.ABSENT) {
            if (bits(packet) != pictureBits) {
                resyncPictures(packet);
            }
            pictureId = pictures.rewrite(packet.pictureId());
            if (pictureId == SeqRewriter.DROPPED) {
                return false;
            }
        }
        if (packet.tl0PicIdx() != Vp8Descriptor.ABSENT) {
            if (!hasTl0) {
                tl0Offset = newestTl0 + 1 - packet.tl0PicIdx();
                hasTl0 = true;
            }
            tl0PicIdx = (packet.tl0PicIdx() + tl0Offset) & 0xFF;
            if ((byte) (tl0PicIdx - newestTl0) > 0) {
                newestTl0 = tl0PicIdx;
            }
        }
        return true;
    }

    /// Leaves a picture out.
    public void drop(Vp8Descriptor packet) {
        if (packet.pictureId() != Vp8Descriptor.ABSENT && bits(packet) == pictureBits) {
            pictures.drop(packet.pictureId());
        }
    }

    /// The PictureID that the last [#rewrite] found.
    public int pictureId() {
        return pictureId;
    }

    /// The TL0PICIDX that the last [#rewrite] found.
    public int tl0PicIdx() {
        return tl0PicIdx;
    }

    private void resyncPictures(Vp8Descriptor packet) {
        pictureBits = bits(packet);
        pictures.resync(packet.pictureId(), pictureBits, false);
    }

    private static int bits(Vp8Descriptor packet) {
        return packet.isLongPictureId() ? LONG_BITS : SHORT_BITS;
    }
}
