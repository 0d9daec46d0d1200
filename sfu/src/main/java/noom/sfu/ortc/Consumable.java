// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// A track in the router's own numbers, as any receiver could get it. Immutable.
///
/// @param parameters the router's payload types and extension ids, the producer's codec
///     parameters, one mapped SSRC for each encoding
/// @param mode spatial layers (encodings, if there are several) and temporal layers
public record Consumable(
        MediaKind kind, ProducerType type, RtpParameters parameters, ScalabilityMode mode) {}
