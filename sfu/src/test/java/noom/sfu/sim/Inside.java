// SPDX-License-Identifier: Apache-2.0
package noom.sfu.sim;

import java.util.Collection;
import java.util.Map;

/// Looks at how much is in tables that nobody else needs to see.
final class Inside {
    private Inside() {}

    /// How many elements a collection or map has, field by field from an object on.
    static int sizeOf(Object from, String... path) {
        var at = from;
        try {
            for (String name : path) {
                var field = at.getClass().getDeclaredField(name);
                field.setAccessible(true);
                at = field.get(at);
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
        return switch (at) {
            case Collection<?> elements -> elements.size();
            case Map<?, ?> entries -> entries.size();
            default -> throw new AssertionError("no table: " + at);
        };
    }
}
