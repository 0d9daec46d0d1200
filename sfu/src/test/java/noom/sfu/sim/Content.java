// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// What is in a payload behind the codec's own words: whose packet it is, which picture it belongs
/// to and what that builds upon, so that whoever gets it can judge how it got there.
///
/// Owner: whoever created it; one serves any number of payloads.
final class Content {
    /// No picture.
    static final int NONE = -1;

    static final int BYTES = 44;

    /// Levels of sound that a packet can tell (RFC 6464).
    static final int LEVELS = 128;

    private static final int KEY = 1;
    private static final int SYNC = 2;

    int track;
    int encoding;
    int temporal;
    int number;
    int frame;
    int part;
    int parts;
    boolean isKey;
    boolean isSync;
    int level;
    long captureNanos;
    final int[] builtUpon = new int[3];

    /// Writes it, and after it so many bytes of any kind, to the end of the array.
    void writeTo(byte[] payload, int offset) {
        var out = ByteBuffer.wrap(payload, offset, payload.length - offset);
        out.putShort((short) track).put((byte) encoding).put((byte) temporal);
        out.putInt(number).putInt(frame).put((byte) part).put((byte) parts);
        out.put((byte) ((isKey ? KEY : 0) | (isSync ? SYNC : 0))).put((byte) level);
        out.putLong(captureNanos);
        for (int one : builtUpon) {
            out.putInt(one);
        }
        out.putInt(payload.length - offset);
        int rest = offset + BYTES;
        Arrays.fill(payload, rest, payload.length, (byte) number);
        out.putInt(sum(payload, offset, payload.length - offset));
    }

    /// Reads it.
    ///
    /// @return false if it is not as it was written
    boolean read(byte[] bytes, int offset, int lengthBytes) {
        if (lengthBytes < BYTES) {
            return false;
        }
        var in = ByteBuffer.wrap(bytes, offset, lengthBytes);
        track = in.getShort();
        encoding = in.get();
        temporal = in.get();
        number = in.getInt();
        frame = in.getInt();
        part = in.get();
        parts = in.get();
        int flags = in.get();
        isKey = (flags & KEY) != 0;
        isSync = (flags & SYNC) != 0;
        level = in.get();
        captureNanos = in.getLong();
        for (int i = 0; i < builtUpon.length; i++) {
            builtUpon[i] = in.getInt();
        }
        return in.getInt() == lengthBytes && in.getInt() == sum(bytes, offset, lengthBytes);
    }

    /// Of all but itself.
    private static int sum(byte[] bytes, int offset, int lengthBytes) {
        int sum = 1;
        for (int i = offset; i < offset + lengthBytes; i++) {
            boolean isSum = i >= offset + BYTES - Integer.BYTES && i < offset + BYTES;
            sum = 31 * sum + (isSum ? 0 : bytes[i]);
        }
        return sum;
    }
}
