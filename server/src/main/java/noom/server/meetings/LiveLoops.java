// SPDX-License-Identifier: Apache-2.0
package noom.server.meetings;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The loops that run, each for one key.
///
/// Shared: a message is handed in, and a loop is retired, inside [ConcurrentHashMap#compute] of the
/// same key, which excludes one another. So a loop that retired with an empty mailbox can never be
/// handed another message, and a key never has two loops.
final class LiveLoops<K, L> {
    private final ConcurrentHashMap<K, L> byKey = new ConcurrentHashMap<>();

    /// Hands something to the loop of a key; starts one if there is none.
    void hand(K key, Supplier<L> start, Consumer<L> message) {
        byKey.compute(
                key,
                (_, running) -> {
                    var found = running == null ? start.get() : running;
                    message.accept(found);
                    return found;
                });
    }

    /// Takes out the loop of a key if it is idle; asked by that loop.
    ///
    /// @return true if nothing can be handed to it any more
    boolean retire(K key, Predicate<L> isIdle) {
        return byKey.computeIfPresent(key, (_, running) -> isIdle.test(running) ? null : running)
                == null;
    }

    Collection<L> all() {
        return byKey.values();
    }
}
