// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

/// Other servers did not answer in time, so the result would not be whole.
public final class ClusterTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int missingServers;

    /// @param missingServers how many did not answer
    public ClusterTimeoutException(int missingServers) {
        super(missingServers + " servers did not answer");
        this.missingServers = missingServers;
    }

    /// How many did not answer.
    public int missingServers() {
        return missingServers;
    }
}
