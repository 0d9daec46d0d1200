// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// A server of the cluster, ours or the official one, as a test uses it. Every method returns when
/// the server has done its part.
interface ClusterNode extends AutoCloseable {
    /// A socket as another server sees it.
    record Seen(String id, Set<String> rooms, Map<String, Object> data) {}

    /// Where clients connect.
    String url();

    void emit(List<String> rooms, List<String> except, String event, Object... arguments);

    /// Emits to all and collects the first argument of each answer.
    List<String> ask(String event);

    List<Seen> fetch(List<String> rooms);

    void join(List<String> rooms, String room);

    void leave(List<String> rooms, String room);

    void disconnect(List<String> rooms);

    /// Says `greeting` to the other servers.
    void greet(String text);

    /// Says `greeting` to the other servers and collects their answers.
    List<String> greetAsking(String text);

    /// Waits until another server's greeting has come.
    void awaitGreeting(String text) throws InterruptedException;

    int serverCount();

    @Override
    void close();
}
