// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/// Hostile descriptors, one alone and two in a row: no exception, input unchanged, and what
/// is written with another mask reads as before.
class DependencyDescriptorFuzzTest {
    @FuzzTest(maxDuration = "")
    void any_bytes_are_refused_or_understood(byte[] bytes) {
        var before = bytes.clone();
        var descriptor = new DependencyDescriptor();
        look(descriptor, bytes);
        // The first byte says where a second descriptor begins, that uses the first's structure.
        if (bytes.length > 1) {
            int split = 1 + (bytes[0] & 0xFF) % bytes.length;
            look(descriptor, Arrays.copyOfRange(bytes, 1, split));
            look(descriptor, Arrays.copyOfRange(bytes, split, bytes.length));
        }
        assertThat(bytes).isEqualTo(before);
    }

    private static void look(DependencyDescriptor descriptor, byte[] bytes) {
        if (!descriptor.read(bytes, 0, bytes.length)) {
            return;
        }
        var told = tell(descriptor);
        var out = new byte[DependencyDescriptor.MAX_BYTES];
        long targets = 0x5555_5555L & descriptor.structure().allTargets();
        int length = descriptor.writeTo(out, 0, targets);
        if (length != DependencyDescriptor.NO_ROOM) {
            assertThat(descriptor.read(out, 0, length)).isTrue();
            assertThat(descriptor.activeTargets()).isEqualTo(targets);
            assertThat(tell(descriptor)).isEqualTo(told);
            var again = new byte[DependencyDescriptor.MAX_BYTES];
            assertThat(descriptor.writeTo(again, 0, targets)).isEqualTo(length);
            assertThat(again).isEqualTo(out);
        }
    }

    private static String tell(DependencyDescriptor descriptor) {
        var structure = descriptor.structure();
        var told = new StringBuilder();
        told.append(descriptor.isFrameStart()).append(descriptor.isFrameEnd());
        told.append(descriptor.frameNumber()).append(descriptor.hasNewStructure());
        told.append(" s")
                .append(descriptor.spatialId())
                .append(" t")
                .append(descriptor.temporalId());
        assertThat(descriptor.spatialId()).isBetween(0, structure.maxSpatialId());
        for (int i = 0; i < structure.decodeTargetCount(); i++) {
            told.append(' ').append(descriptor.use(i)).append(structure.chainOf(i));
            told.append(structure.spatialIdOf(i)).append(structure.temporalIdOf(i));
        }
        for (int i = 0; i < descriptor.frameDiffCount(); i++) {
            told.append(" f").append(descriptor.frameDiff(i));
            assertThat(descriptor.frameDiff(i)).isBetween(1, 4_096);
        }
        for (int i = 0; i < structure.chainCount(); i++) {
            told.append(" c").append(descriptor.chainDiff(i));
        }
        for (int i = 0; i <= structure.maxSpatialId(); i++) {
            told.append(' ').append(structure.widthPixels(i)).append('x');
            told.append(structure.heightPixels(i));
        }
        return told.toString();
    }
}
