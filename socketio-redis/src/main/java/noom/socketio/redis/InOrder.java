// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs tasks one after the other in the order they came, each on a thread of another executor.
final class InOrder implements Executor {
    private final Executor threads;
    private CompletionStage<@Nullable Void> last = CompletableFuture.completedStage(null);

    InOrder(Executor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void execute(Runnable task) {
        last = last.handleAsync((_, _) -> run(task), threads);
    }

    private static @Nullable Void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            System.getLogger("noom.socketio.redis")
                    .log(System.Logger.Level.ERROR, "a handler failed", e);
        }
        return null;
    }
}
