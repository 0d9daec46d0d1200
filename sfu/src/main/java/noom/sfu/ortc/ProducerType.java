// SPDX-License-Identifier: Apache-2.0
package noom.sfu.ortc;

/// How a track is cut into layers.
public enum ProducerType {
    /// One encoding that is taken or left.
    SIMPLE,
    /// Several encodings side by side, or one with temporal layers only.
    SIMULCAST,
    /// One encoding with layers that build on each other.
    SVC
}
