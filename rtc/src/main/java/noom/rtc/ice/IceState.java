// SPDX-License-Identifier: Apache-2.0
package noom.rtc.ice;

/// Where an [IceLite] session stands. Media may be sent in [#CONNECTED] and [#COMPLETED] only.
public enum IceState {
    /// No valid check yet.
    NEW,
    /// There is a path, and the peer has not nominated it.
    CONNECTED,
    /// The peer has nominated the path.
    COMPLETED,
    /// Nothing was heard for [IceLite#CONSENT_NANOS]; a valid check connects again.
    DISCONNECTED
}
