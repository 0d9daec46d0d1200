// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

/// Packet types and formats on the wire.
final class RtcpType {
    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;
    static final int EXTENDED_REPORT = 207;

    static final int FORMAT_NACK = 1;
    static final int FORMAT_ARRIVALS = 15;
    static final int FORMAT_PLI = 1;
    static final int FORMAT_FIR = 4;
    static final int FORMAT_APPLICATION = 15;

    /// `REMB` in ASCII.
    static final long REMB_MARK = 0x52454D42L;

    static final int SDES_CNAME = 1;
    static final int XR_RECEIVER_REFERENCE_TIME = 4;
    static final int XR_DELAY_SINCE_LAST = 5;

    static final int HEADER_BYTES = 4;
    static final int REPORT_BLOCK_BYTES = 24;
    static final int SENDER_INFO_BYTES = 20;

    private RtcpType() {}
}
