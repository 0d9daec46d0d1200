// SPDX-License-Identifier: Apache-2.0
package noom.server.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void a_meeting_begins_where_the_fewest_transports_are() {
        var placement = new Placement(3, 10);
        assertThat(placement.home()).isZero();

        placement.onTransports(0, 2);
        placement.onTransports(1, 1);
        assertThat(placement.home()).isEqualTo(2);
        placement.onTransports(2, 2);
        assertThat(placement.home()).isEqualTo(1);
        placement.onTransports(0, -2);
        assertThat(placement.home()).isZero();
    }

    @Test
    void who_receives_is_at_home_until_that_carries_enough() {
        var placement = new Placement(2, 10);
        placement.onConsumers(0, 9);
        assertThat(placement.receiver(0)).isZero();

        placement.onConsumers(0, 1);
        assertThat(placement.receiver(0)).isEqualTo(1);
        placement.onConsumers(0, -1);
        assertThat(placement.receiver(0)).isZero();
    }

    @Test
    void then_they_are_where_the_fewest_tracks_are_sent() {
        var placement = new Placement(3, 10);
        placement.onConsumers(0, 50);
        placement.onConsumers(1, 20);
        placement.onConsumers(2, 30);
        assertThat(placement.receiver(0)).isEqualTo(1);

        placement.onConsumers(1, 40);
        placement.onConsumers(2, 40);
        assertThat(placement.receiver(0)).as("home again").isZero();
    }

    @Test
    void who_comes_before_there_is_a_track_counts_as_some() {
        var placement = new Placement(2, 2 * Placement.RECEIVER_TRACKS);

        for (int i = 0; i < 4; i++) {
            placement.onReceivers(placement.receiver(0), 1);
        }
        assertThat(placement.receiver(0)).as("two are here and two there").isEqualTo(1);
        placement.onReceivers(1, 1);
        assertThat(placement.receiver(0)).isZero();
        placement.onReceivers(0, -1);
        assertThat(placement.receiver(0)).as("light again").isZero();
    }

    @Test
    void among_equals_the_next_helps() {
        var placement = new Placement(3, 0);

        assertThat(placement.receiver(0)).isEqualTo(1);
        assertThat(placement.receiver(1)).isEqualTo(2);
        assertThat(placement.receiver(2)).isZero();
    }

    @Test
    void a_worker_that_is_alone_has_all() {
        var placement = new Placement(1, 0);
        placement.onConsumers(0, 1_000);

        assertThat(placement.home()).isZero();
        assertThat(placement.receiver(0)).isZero();
    }
}
