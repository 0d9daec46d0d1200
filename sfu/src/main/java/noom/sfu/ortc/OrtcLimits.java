// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bounds of what a peer may say, and the first place where it went past them.
///
/// Every check is silent after the first that failed.
final class OrtcLimits {
    static final int MAX_CODECS = 32;
    static final int MAX_CAPABILITY_CODECS = 128;
    static final int MAX_EXTENSIONS = 32;
    static final int MAX_CAPABILITY_EXTENSIONS = 64;
    static final int MAX_ENCODINGS = 4;
    static final int MAX_PARAMETERS = 32;
    static final int MAX_FEEDBACK = 16;
    static final int MAX_TEXT_BYTES = 255;
    static final int MAX_PAYLOAD_TYPE = 127;
    static final int MAX_EXTENSION_ID = 255;

    /// What a one-byte header extension carries.
    static final int MAX_NAME_BYTES = 16;

    private static final int RESERVED_EXTENSION_ID = 15;
    private static final int FIRST_RTCP = 64;
    private static final int LAST_RTCP = 95;

    private ProduceCheck.@Nullable Refused refusal;

    ProduceCheck.@Nullable Refused refusal() {
        return refusal;
    }

    void require(boolean holds, OrtcRefusal reason, String at) {
        if (!holds && refusal == null) {
            refusal = new ProduceCheck.Refused(reason, at);
        }
    }

    /// The place is written only if it is needed.
    void require(boolean holds, OrtcRefusal reason, String list, int index, String field) {
        if (!holds && refusal == null) {
            refusal = new ProduceCheck.Refused(reason, list + "[" + index + "]" + field);
        }
    }

    void atMost(int limit, Collection<?> list, String at) {
        require(list.size() <= limit, OrtcRefusal.TOO_MANY, at);
    }

    void text(String value, int limitBytes, String at) {
        // No character takes less than a byte, so a huge text is not encoded.
        boolean fits =
                value.length() <= limitBytes
                        && value.getBytes(StandardCharsets.UTF_8).length <= limitBytes;
        require(fits, OrtcRefusal.TEXT_TOO_LONG, at);
    }

    void payloadType(int payloadType, String list, int index) {
        // A packet of 64 to 95 would be taken for RTCP (RFC 5761 §4).
        boolean isValid =
                payloadType >= 0
                        && payloadType <= MAX_PAYLOAD_TYPE
                        && (payloadType < FIRST_RTCP || payloadType > LAST_RTCP);
        require(isValid, OrtcRefusal.BAD_PAYLOAD_TYPE, list, index, "");
    }

    void extensionId(int id, String list, int index) {
        boolean isValid = id >= 1 && id <= MAX_EXTENSION_ID && id != RESERVED_EXTENSION_ID;
        require(isValid, OrtcRefusal.BAD_EXTENSION_ID, list, index, "");
    }

    void parameters(Map<String, CodecParameter> parameters, String list, int index) {
        require(parameters.size() <= MAX_PARAMETERS, OrtcRefusal.TOO_MANY, list, index, "");
        if (refusal != null) {
            return;
        }
        parameters.forEach(
                (name, value) -> {
                    text(name, MAX_TEXT_BYTES, list);
                    text(value.text(), MAX_TEXT_BYTES, list);
                });
    }

    void feedback(List<RtcpFeedback> feedback, String list, int index) {
        require(feedback.size() <= MAX_FEEDBACK, OrtcRefusal.TOO_MANY, list, index, "");
        if (refusal != null) {
            return;
        }
        for (var one : feedback) {
            text(one.type(), MAX_TEXT_BYTES, list);
            text(one.parameter(), MAX_TEXT_BYTES, list);
        }
    }
}
