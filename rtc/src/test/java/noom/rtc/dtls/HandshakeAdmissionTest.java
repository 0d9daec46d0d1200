// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeAdmissionTest {
    private final HandshakeAdmission admission = new HandshakeAdmission(2, 2);
    private final List<String> started = new ArrayList<>();

    private Runnable named(String name) {
        return () -> started.add(name);
    }

    @Test
    void some_run_some_wait_in_order_and_the_rest_are_refused() {
        assertThat(admission.enter(named("a"))).isTrue();
        assertThat(admission.enter(named("b"))).isTrue();
        assertThat(admission.enter(named("c"))).isTrue();
        assertThat(admission.enter(named("d"))).isTrue();
        assertThat(admission.enter(named("e"))).isFalse();
        assertThat(started).containsExactly("a", "b");
        assertThat(admission.runningCount()).isEqualTo(2);
        assertThat(admission.waitingCount()).isEqualTo(2);
        assertThat(admission.refusedCount()).isEqualTo(1);

        admission.leave();
        assertThat(started).containsExactly("a", "b", "c");
        assertThat(admission.enter(named("f"))).isTrue();
        admission.leave();
        admission.leave();

        assertThat(started).containsExactly("a", "b", "c", "d", "f");
        admission.leave();
        admission.leave();
        assertThat(admission.runningCount()).isZero();
    }

    @Test
    void who_gives_up_waiting_is_not_started() {
        var gone = named("gone");
        admission.enter(named("a"));
        admission.enter(named("b"));
        admission.enter(gone);
        admission.enter(named("c"));

        admission.abandon(gone);
        admission.abandon(gone);
        admission.leave();
        admission.leave();

        assertThat(started).containsExactly("a", "b", "c");
        assertThat(admission.runningCount()).isEqualTo(1);
    }

    @Test
    void limits_with_which_nobody_could_connect_are_refused() {
        var second = Duration.ofSeconds(1);

        assertThat(new DtlsLimits(1, 0, second, 1)).isNotNull();
        assertThatThrownBy(() -> new DtlsLimits(0, 0, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DtlsLimits(1, -1, second, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DtlsLimits(1, 0, Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DtlsLimits(1, 0, second, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_machine_with_more_cores_shakes_more_hands() {
        assertThat(DtlsLimits.ofCores(1).maxRunning()).isEqualTo(4);
        assertThat(DtlsLimits.ofCores(8).maxRunning()).isEqualTo(32);
    }
}
