// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// Why a description of streams is refused.
public enum OrtcRefusal {
    /// More codecs, extensions, encodings or parameters than are taken.
    TOO_MANY,
    /// A text longer than is taken.
    TEXT_TOO_LONG,
    /// No media codec.
    NO_CODEC,
    /// More than one media codec: a track has one.
    SEVERAL_CODECS,
    /// Sound was said and a picture codec given, or the other way round.
    WRONG_KIND,
    /// Not 0 to 127, or one that looks like RTCP (RFC 5761 §4).
    BAD_PAYLOAD_TYPE,
    /// Two codecs under one payload type.
    DUPLICATE_PAYLOAD_TYPE,
    /// The router has not this codec, or not this profile of it.
    UNSUPPORTED_CODEC,
    /// RTX that repeats nothing.
    BAD_APT,
    /// Not of 1 to 14 or 16 to 255.
    BAD_EXTENSION_ID,
    /// One id or one URI twice.
    DUPLICATE_EXTENSION,
    /// No encoding.
    NO_ENCODING,
    /// One of several encodings that has neither SSRC nor rid.
    UNNAMED_ENCODING,
    /// Not of 32 bits.
    BAD_SSRC,
    /// An SSRC that this transport has already.
    DUPLICATE_SSRC,
    /// Not 1 to 16 letters, digits, - and _ (RFC 8851 §4).
    BAD_RID,
    /// A rid that this track has already.
    DUPLICATE_RID,
    /// Encodings named by rid, but no header extension to carry it.
    NO_RID_EXTENSION,
    /// A mid that this transport has already.
    DUPLICATE_MID,
    /// Not like `L3T3_KEY`.
    BAD_SCALABILITY_MODE,
    /// Simulcast whose encodings have spatial layers themselves.
    MIXED_LAYERS,
    /// A receiver and a stream have no media codec in common.
    NOTHING_IN_COMMON
}
