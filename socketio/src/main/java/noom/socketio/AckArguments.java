// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client answered.
public final class AckArguments implements Arguments {
    private final List<@Nullable Object> values;

    AckArguments(List<@Nullable Object> values) {
        this.values = Collections.unmodifiableList(values);
    }

    @Override
    public List<@Nullable Object> values() {
        return values;
    }
}
