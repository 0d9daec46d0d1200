// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Every setting of the engine at the edge of its range, and one past it.
class EngineSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LEAST = Duration.ofNanos(1);

    private static void refused(ThrowingCallable construction) {
        assertThatThrownBy(construction).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_smallest_limits_are_taken() {
        assertThatCode(() -> new OutputLimits(1, 1, LEAST)).doesNotThrowAnyException();
        assertThatCode(() -> new InputLimits(1, 1, 1, LEAST)).doesNotThrowAnyException();
        assertThatCode(() -> new Timings(LEAST, LEAST, LEAST)).doesNotThrowAnyException();
    }

    @Test
    void output_limits_of_nothing_are_refused_one_by_one() {
        refused(() -> new OutputLimits(0, 1, SECOND));
        refused(() -> new OutputLimits(1, 0, SECOND));
        refused(() -> new OutputLimits(1, 1, Duration.ZERO));
        refused(() -> new OutputLimits(1, 1, SECOND.negated()));
    }

    @Test
    void input_limits_of_nothing_are_refused_one_by_one() {
        refused(() -> new InputLimits(0, 1, 1, SECOND));
        refused(() -> new InputLimits(1, 0, 1, SECOND));
        refused(() -> new InputLimits(1, 1, 0, SECOND));
        refused(() -> new InputLimits(1, 1, 1, Duration.ZERO));
        refused(() -> new Compression(true, true, -1));
    }

    @Test
    void timings_of_nothing_are_refused_one_by_one() {
        refused(() -> new Timings(Duration.ZERO, SECOND, SECOND));
        refused(() -> new Timings(SECOND, Duration.ZERO, SECOND));
        refused(() -> new Timings(SECOND, SECOND, Duration.ZERO));
    }

    @Test
    void a_path_ends_with_a_slash_whether_it_was_written_or_not() {
        var config = EngineConfig.defaults();

        assertThat(config.withPath("/a").path()).isEqualTo("/a/");
        assertThat(config.withPath("/a/").path()).isEqualTo("/a/");
        assertThat(config.withPath("/").path()).isEqualTo("/");
        refused(() -> config.withPath("a/"));
        refused(() -> config.withPath(""));
    }

    @Test
    void the_defaults_are_the_official_ones() {
        var config = EngineConfig.defaults();

        assertThat(config.path()).isEqualTo("/engine.io/");
        assertThat(config.timings().pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.timings().pingTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.timings().upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.input().maxPayloadBytes()).isEqualTo(1_000_000);
        assertThat(config.transports()).isEqualTo(new Transports(true, true, true));
        assertThat(config.admission()).isEqualTo(AdmissionLimits.UNLIMITED);
        assertThat(config.compression()).isEqualTo(new Compression(false, false, 1_024));
    }

    @Test
    void each_change_leaves_everything_else_as_it_was() {
        var base = EngineConfig.defaults();
        var transports = new Transports(true, false, false);
        var timings = new Timings(SECOND, SECOND, SECOND);
        var input = new InputLimits(1, 2, 3, SECOND);
        var output = new OutputLimits(1, 2, SECOND);
        var access = AccessPolicy.DEFAULT.withReadableBy(_ -> true);

        var admission = new AdmissionLimits(1, 2, new HandshakeRate(3, 4), new HandshakeRate(5, 6));

        var all =
                base.with(transports)
                        .with(timings)
                        .with(input)
                        .with(output)
                        .with(access)
                        .with(admission)
                        .with(Compression.ALL);

        assertThat(all)
                .isEqualTo(
                        new EngineConfig(
                                "/engine.io/",
                                transports,
                                timings,
                                input,
                                output,
                                access,
                                admission,
                                Compression.ALL));
        assertThat(base).isEqualTo(EngineConfig.defaults());
    }

    @Test
    void the_rules_of_a_policy_are_changed_one_by_one() {
        var policy =
                AccessPolicy.DEFAULT
                        .withOrigins((_, _) -> false)
                        .withReadableBy(_ -> true)
                        .withAllowRequest(_ -> Optional.of("no"));

        assertThat(policy.origins().test("a", "b")).isFalse();
        assertThat(policy.readableBy().test("a")).isTrue();
        assertThat(policy.allowRequest().apply(request(Map.of()))).contains("no");
        assertThat(AccessPolicy.DEFAULT.origins().test("a", "b")).isTrue();
        assertThat(AccessPolicy.DEFAULT.readableBy().test("a")).isFalse();
        assertThat(AccessPolicy.DEFAULT.allowRequest().apply(request(Map.of()))).isEmpty();
    }

    @Test
    void an_empty_sid_is_none_and_of_a_header_the_first_value_counts() {
        assertThat(request(Map.of()).sid()).isEmpty();
        assertThat(request(Map.of("sid", "")).sid()).isEmpty();
        assertThat(request(Map.of("sid", "x")).sid()).contains("x");
        assertThat(request(Map.of()).header("origin")).contains("http://a");
        assertThat(request(Map.of()).header("host")).isEmpty();
    }

    private static EngineRequest request(Map<String, String> query) {
        var headers = Map.of("origin", List.of("http://a", "http://b"));
        return new EngineRequest("GET", "/engine.io/", query, headers, "::1", false, false);
    }
}
