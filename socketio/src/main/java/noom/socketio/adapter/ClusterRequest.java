// SPDX-License-Identifier: Apache-2.0
package noom.socketio.adapter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Something this server asked of the others, until the answers are complete or the time is up.
///
/// Owner: its adapter's loop; the future is completed elsewhere.
sealed interface ClusterRequest {
    /// A server answers; an answer of the wrong kind is passed over.
    void onResponse(String nodeId, ClusterMessage.Response response);

    /// The servers that have not answered yet.
    AwaitedNodes nodes();

    /// A server will not answer any more.
    default void onGone(String nodeId, boolean saidGoodbye) {
        nodes().gone(nodeId, saidGoodbye);
    }

    default boolean isComplete() {
        return nodes().missing() == 0;
    }

    /// Completes the future with what there is.
    void finish();

    /// Waits for a list of sockets from each server.
    record Fetch(
            AwaitedNodes nodes,
            List<SocketDetails> sockets,
            CompletableFuture<List<SocketDetails>> future)
            implements ClusterRequest {
        @Override
        public void onResponse(String nodeId, ClusterMessage.Response response) {
            if (response instanceof ClusterMessage.FetchSocketsResponse(_, var more)
                    && nodes.answered(nodeId)) {
                sockets.addAll(more);
            }
        }

        @Override
        public void finish() {
            if (isComplete()) {
                future.complete(sockets);
            } else {
                future.completeExceptionally(new ClusterTimeoutException(nodes.missing()));
            }
        }
    }

    /// Waits for one answer of each server.
    record Emit(
            AwaitedNodes nodes,
            List<@Nullable Object> answers,
            CompletableFuture<ServerAnswers> future)
            implements ClusterRequest {
        @Override
        public void onResponse(String nodeId, ClusterMessage.Response response) {
            if (response instanceof ClusterMessage.ServerSideEmitResponse(_, var answer)
                    && nodes.answered(nodeId)) {
                answers.add(answer);
            }
        }

        @Override
        public void finish() {
            future.complete(new ServerAnswers(answers, nodes.missing()));
        }
    }

    /// Waits until each server has said how many clients it asked, and for the answers of these.
    final class Ack implements ClusterRequest {
        private final AwaitedNodes nodes;
        private final CompletableFuture<ClientAnswers> future;
        private final List<List<@Nullable Object>> answers = new ArrayList<>();

        /// Answers that each other server's clients owe.
        private final Map<String, Integer> owed = new HashMap<>();

        private int owedHere;
        private int lost;

        /// @param askedHere clients of this server that were asked
        Ack(AwaitedNodes nodes, int askedHere, CompletableFuture<ClientAnswers> future) {
            this.nodes = nodes;
            this.owedHere = askedHere;
            this.future = future;
        }

        @Override
        public AwaitedNodes nodes() {
            return nodes;
        }

        /// A client of this server answers.
        void onAnswerHere(List<@Nullable Object> answer) {
            owedHere--;
            answers.add(answer);
        }

        /// A client of this server will not answer any more.
        void onLossHere() {
            owedHere--;
            lost++;
        }

        @Override
        public void onResponse(String nodeId, ClusterMessage.Response response) {
            switch (response) {
                case ClusterMessage.BroadcastClientCount(_, var count) -> {
                    if (nodes.answered(nodeId)) {
                        owed.merge(nodeId, count, Integer::sum);
                    }
                }
                case ClusterMessage.BroadcastAck(_, var answer) -> {
                    owed.merge(nodeId, -1, Integer::sum);
                    var arguments = new ArrayList<@Nullable Object>();
                    arguments.add(answer);
                    answers.add(arguments);
                }
                case ClusterMessage.FetchSocketsResponse _,
                        ClusterMessage.ServerSideEmitResponse _ -> {}
            }
        }

        @Override
        public void onGone(String nodeId, boolean saidGoodbye) {
            ClusterRequest.super.onGone(nodeId, saidGoodbye);
            var remaining = owed.remove(nodeId);
            if (remaining != null) {
                lost += remaining;
            }
        }

        private int owedInAll() {
            return owedHere + owed.values().stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public boolean isComplete() {
            return ClusterRequest.super.isComplete() && owedInAll() <= 0;
        }

        @Override
        public void finish() {
            int missing = lost + Math.max(0, owedInAll());
            future.complete(new ClientAnswers(answers, missing, nodes.missing()));
        }
    }
}
