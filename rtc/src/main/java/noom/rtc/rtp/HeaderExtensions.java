// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import noom.rtc.wire.BigEndian;
import org.jspecify.annotations.Nullable;

/// A view over the elements of one packet's header extension, in either form of RFC 8285.
///
/// Owner: its [RtpPacket], and valid as long as that. An element is named by the offset of
/// its value in the packet's array, so that walking allocates nothing: `for (int at =
/// e.first(); at != ABSENT; at = e.next(at))`. Both forms occur within one stream (browsers
/// send the two-byte form on AV1 key frames only). Of two elements with one id the first
/// counts. An extension of another profile has no elements.
public final class HeaderExtensions {
    /// No such element.
    public static final int ABSENT = -1;

    /// Longest value of the one-byte form.
    public static final int MAX_ONE_BYTE_VALUE_BYTES = 16;

    /// Longest value of the two-byte form.
    public static final int MAX_VALUE_BYTES = 255;

    /// Highest id of the one-byte form; 15 ends it (§4.2).
    public static final int MAX_ONE_BYTE_ID = 14;

    /// Highest id of the two-byte form.
    public static final int MAX_ID = 255;

    static final int ONE_BYTE_PROFILE = 0xBEDE;
    static final int TWO_BYTE_PROFILE = 0x1000;

    /// The low bits of the two-byte profile belong to the application (§4.3).
    private static final int APPLICATION_BITS = 0x000F;

    private byte[] bytes = {};
    private int start;
    private int end;
    private boolean isTwoByte;

    HeaderExtensions() {}

    void clear() {
        start = 0;
        end = 0;
    }

    boolean wrap(int profile, byte[] packet, int from, int to) {
        boolean isLong = (profile & ~APPLICATION_BITS) == TWO_BYTE_PROFILE;
        if (!isLong && profile != ONE_BYTE_PROFILE) {
            return true;
        }
        take(isLong, packet, from, to);
        return areWhole();
    }

    /// Elements that were written here a moment ago, and so need no look.
    void take(boolean hasLongHeaders, byte[] packet, int from, int to) {
        isTwoByte = hasLongHeaders;
        bytes = packet;
        start = from;
        end = to;
    }

    boolean areWhole() {
        for (int at = first(); at != ABSENT; at = next(at)) {
            // A two-byte element may end before its length byte; then there is nothing to read.
            if (at > end || at + lengthAt(at) > end) {
                return false;
            }
        }
        return true;
    }

    /// Whether elements have the longer header.
    public boolean isTwoByte() {
        return isTwoByte;
    }

    /// The first element, or [#ABSENT].
    public int first() {
        return valueAt(start);
    }

    /// The element after this one, or [#ABSENT].
    public int next(int at) {
        return valueAt(at + lengthAt(at));
    }

    /// The first element with this id, or [#ABSENT]; id 0 (not negotiated) is never there.
    public int find(int id) {
        for (int at = first(); at != ABSENT; at = next(at)) {
            if (idAt(at) == id) {
                return at;
            }
        }
        return ABSENT;
    }

    /// The element with this id if its value has exactly this size, or [#ABSENT].
    public int find(int id, int valueBytes) {
        int at = find(id);
        return at != ABSENT && lengthAt(at) == valueBytes ? at : ABSENT;
    }

    /// The element's id, 1 to 255.
    public int idAt(int at) {
        return isTwoByte ? BigEndian.u8(bytes, at - 2) : BigEndian.u8(bytes, at - 1) >>> 4;
    }

    /// The size of the element's value.
    public int lengthAt(int at) {
        return isTwoByte ? BigEndian.u8(bytes, at - 1) : (bytes[at - 1] & 0x0F) + 1;
    }

    /// The array that the offsets are of.
    public byte[] array() {
        return bytes;
    }

    /// The value as text (mid, rid); null if absent. Allocates: for the first packets only.
    public @Nullable String text(int id) {
        int at = find(id);
        return at == ABSENT ? null : new String(bytes, at, lengthAt(at), StandardCharsets.UTF_8);
    }

    /// Writes another id over an element's own.
    ///
    /// @return false, and nothing written, if the id has no room in this form
    public boolean setIdAt(int at, int id) {
        if (id < 1 || id > (isTwoByte ? MAX_ID : MAX_ONE_BYTE_ID)) {
            return false;
        }
        if (isTwoByte) {
            BigEndian.put8(bytes, at - 2, id);
        } else {
            BigEndian.put8(bytes, at - 1, id << 4 | (bytes[at - 1] & 0x0F));
        }
        return true;
    }

    /// Makes an element padding (§4.1.2): the size of the packet stays.
    public void dropAt(int at) {
        Arrays.fill(bytes, at - (isTwoByte ? 2 : 1), at + lengthAt(at), (byte) 0);
    }

    /// Renumbers every element from one peer's ids to another's, and drops what the other
    /// has not.
    ///
    /// @return how many elements were dropped only because the new id has no room in this
    ///     form
    public int renumber(ExtensionIds from, ExtensionIds to) {
        int noRoom = 0;
        int at = first();
        while (at != ABSENT) {
            int next = next(at);
            int id = from.translate(idAt(at), to);
            if (id == ExtensionIds.NONE) {
                dropAt(at);
            } else if (!setIdAt(at, id)) {
                dropAt(at);
                noRoom++;
            }
            at = next;
        }
        return noRoom;
    }

    /// Writes a value of two bytes (transport-cc) over the element's own.
    ///
    /// @return false if there is no element of this size
    public boolean set16(int id, int value) {
        int at = find(id, 2);
        if (at != ABSENT) {
            BigEndian.put16(bytes, at, value);
        }
        return at != ABSENT;
    }

    /// Writes a value of three bytes (abs-send-time) over the element's own.
    ///
    /// @return false if there is no element of this size
    public boolean set24(int id, int value) {
        int at = find(id, 3);
        if (at != ABSENT) {
            BigEndian.put24(bytes, at, value);
        }
        return at != ABSENT;
    }

    /// The value of the element whose header begins here, after padding.
    private int valueAt(int from) {
        int at = from;
        while (at < end && bytes[at] == 0) {
            at++;
        }
        if (at >= end) {
            return ABSENT;
        }
        if (isTwoByte) {
            return at + 2;
        }
        int id = BigEndian.u8(bytes, at) >>> 4;
        // Id 15, and id 0 with a length, end the whole extension (§4.2).
        return id == 0 || id > MAX_ONE_BYTE_ID ? ABSENT : at + 1;
    }
}
