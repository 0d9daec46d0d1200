// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the sender hears of the layers that nobody watches.
class LayersWantedTest {
    private final Scene scene = new Scene();
    private final Producer producer = scene.produce("chromium-vp8-3enc-L1T3");

    @Test
    void without_receivers_nothing_is_wanted() {
        scene.pass(100);

        assertThat(scene.layersWanted).containsExactly(-1);
    }

    @Test
    void the_most_demanding_receiver_counts() {
        var low = scene.consume(producer);
        var high = scene.consume(producer);
        low.consumer.setPreferredLayers(0, 7, scene.now);
        low.consumer.resume(scene.now);
        scene.pass(200);
        high.consumer.setPreferredLayers(1, 7, scene.now);
        high.consumer.resume(scene.now);
        scene.pass(200);
        high.consumer.pause();
        scene.pass(200);
        scene.router.close(low.consumer);
        scene.pass(200);

        assertThat(scene.layersWanted).containsExactly(0, 1, 0, -1);
    }

    @Test
    void the_same_is_not_told_twice() {
        var receiver = scene.consume(producer);
        receiver.consumer.resume(scene.now);
        scene.pass(2_000);

        assertThat(scene.layersWanted).containsExactly(2);
    }
}
