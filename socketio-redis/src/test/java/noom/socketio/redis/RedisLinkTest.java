// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisConnectionException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisLinkTest {
    private static final String STREAM = "stream";
    private static final Duration BLOCK = Duration.ofMillis(500);

    private RedisServer redis;
    private RedisLink link;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        redis = RedisServer.in(folder);
        link = new RedisLink(redis.uri());
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private void subscribe(BiConsumer<String, byte[]> listener) {
        await(link.listeners().add("channel", listener));
    }

    private String append(String value) {
        return await(link.append(STREAM, Map.of("value", value), 10_000));
    }

    @Test
    void entries_are_found_again_after_an_id() {
        String first = append("1");
        append("2");
        append("3");

        assertThat(await(link.exists(STREAM, first))).isTrue();
        assertThat(await(link.exists(STREAM, "1-1"))).isFalse();
        assertThat(await(link.after(STREAM, first, 1)))
                .extracting(entry -> entry.fields().get("value"))
                .containsExactly("2");
        assertThat(await(link.after(STREAM, first, 10)))
                .extracting(entry -> entry.fields().get("value"))
                .containsExactly("2", "3");
    }

    @Test
    void a_value_is_taken_once() {
        await(link.set("key", "값", Duration.ofMinutes(1)));

        assertThat(await(link.take("key"))).isEqualTo("값");
        assertThat(await(link.take("key"))).isNull();
    }

    @Test
    void who_listens_to_a_channel_is_counted_and_hears_bytes() throws Exception {
        var heard = new LinkedBlockingQueue<byte[]>();
        subscribe((_, payload) -> heard.add(payload));
        assertThat(await(link.subscribers("channel"))).isEqualTo(1);
        assertThat(await(link.subscribers("other"))).isZero();

        await(link.publish("channel", new byte[] {0, -1, 10}));

        assertThat(heard.poll(30, TimeUnit.SECONDS)).containsExactly(0, -1, 10);
    }

    @Test
    void a_follower_hears_what_is_new_and_goes_on_when_redis_was_killed() throws Exception {
        append("old");
        var heard = new LinkedBlockingQueue<String>();
        link.follow(STREAM, 100, BLOCK, entry -> heard.add(entry.fields().get("value")));
        append("1");
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("1");

        redis.kill();
        var meanwhile = link.append(STREAM, Map.of("value", "2"), 10_000);
        redis.startAgain();
        await(meanwhile);
        append("3");

        assertThat(List.of(take(heard), take(heard))).containsExactly("2", "3");
    }

    @Test
    void an_entry_that_a_listener_chokes_on_is_passed_over() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        link.follow(
                STREAM,
                100,
                BLOCK,
                entry -> {
                    if (entry.fields().get("value").equals("bad")) {
                        throw new IllegalStateException("as planned");
                    }
                    heard.add(entry.fields().get("value"));
                });
        append("bad");
        append("good");

        assertThat(take(heard)).isEqualTo("good");
    }

    @Test
    void a_channel_is_listened_to_again_when_redis_was_killed() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        subscribe((_, payload) -> heard.add(new String(payload, StandardCharsets.UTF_8)));
        redis.kill();
        redis.startAgain();
        while (await(link.subscribers("channel")) == 0) {
            Thread.onSpinWait();
        }

        await(link.publish("channel", "again".getBytes(StandardCharsets.UTF_8)));

        assertThat(take(heard)).isEqualTo("again");
    }

    @Test
    void who_ends_listening_takes_the_channel_from_nobody_else() throws Exception {
        var heard = new LinkedBlockingQueue<String>();
        BiConsumer<String, byte[]> first = (_, _) -> heard.add("first");
        BiConsumer<String, byte[]> second = (_, _) -> heard.add("second");
        subscribe(first);
        subscribe(second);
        link.listeners().remove("channel", first);
        await(link.publish("channel", new byte[0]));
        assertThat(take(heard)).isEqualTo("second");

        link.listeners().remove("channel", second);
        while (await(link.subscribers("channel")) > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void where_there_is_no_redis_nothing_starts() throws Exception {
        redis.kill();

        assertThatThrownBy(() -> new RedisLink(redis.uri()))
                .isInstanceOf(RedisConnectionException.class);
    }

    private static String take(LinkedBlockingQueue<String> queue) throws InterruptedException {
        return queue.poll(30, TimeUnit.SECONDS);
    }
}
