// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;

/// What two browsers tell each other to connect directly (RFC 9429). The server passes it on to the
/// addressed person of the same meeting and reads none of it.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Signal.Description.class, name = "description"),
    @JsonSubTypes.Type(value = Signal.Candidate.class, name = "candidate")
})
public sealed interface Signal {
    /// An offer, answer or rollback.
    ///
    /// @param connection names the sender's `RTCPeerConnection`; a new one means a fresh start
    /// @param sdp at most 64 kB
    record Description(String connection, String type, String sdp) implements Signal {}

    /// A trickled ICE candidate (RFC 8838); `candidate` is empty at the end of candidates.
    record Candidate(
            String connection,
            String candidate,
            @JsonSetter(nulls = Nulls.SET) @Nullable String sdpMid,
            @JsonSetter(nulls = Nulls.SET) @Nullable Integer sdpMLineIndex,
            @JsonSetter(nulls = Nulls.SET) @Nullable String usernameFragment)
            implements Signal {}
}
