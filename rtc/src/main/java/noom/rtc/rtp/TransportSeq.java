// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtp;

import noom.rtc.wire.BigEndian;

/// The transport-wide sequence number, 16 bits
/// (draft-holmer-rmcat-transport-wide-cc-extensions).
public final class TransportSeq {
    /// The size of its value.
    public static final int VALUE_BYTES = 2;

    /// No such element.
    public static final int ABSENT = -1;

    private TransportSeq() {}

    /// The packet's number, or [#ABSENT].
    ///
    /// A value of four bytes is the second version of the extension: number, then a request
    /// for feedback, which is not answered here.
    public static int read(HeaderExtensions extensions, int id) {
        int at = extensions.find(id);
        return at == HeaderExtensions.ABSENT || extensions.lengthAt(at) < VALUE_BYTES
                ? ABSENT
                : BigEndian.u16(extensions.array(), at);
    }
}
