// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

/// The video codecs whose payload is understood.
public enum VideoCodec {
    /// RFC 7741.
    VP8,
    /// RFC 9628.
    VP9,
    /// RFC 6184.
    H264,
    /// AV1 RTP specification 1.0.
    AV1
}
