// SPDX-License-Identifier: Apache-2.0
package noom.rtc.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import noom.testkit.Property;
import org.junit.jupiter.api.Test;

class DependencyDescriptorTest {
    private static final String STRUCTURE_ONLY = "1 0 0 0 0";
    private static final int FRAME = 303;

    private final DependencyDescriptor descriptor = new DependencyDescriptor();

    private boolean read(String bits) {
        var bytes = Descriptors.bytes(bits);
        return descriptor.read(bytes, 0, bytes.length);
    }

    private static String keyFrame(String structure, int templateId) {
        return Descriptors.mandatory(true, false, templateId, FRAME) + STRUCTURE_ONLY + structure;
    }

    @Test
    void without_a_structure_nothing_is_understood() {
        assertThat(read(Descriptors.mandatory(true, true, 0, 1))).isFalse();
        assertThat(descriptor.structure()).isNull();
        assertThat(read(Descriptors.mandatory(true, true, 0, 1) + "0 1 0 0 0 111")).isFalse();
    }

    @Test
    void a_key_frame_brings_the_structure() {
        assertThat(read(keyFrame(Descriptors.L1T3, 0))).isTrue();

        var structure = descriptor.structure();
        assertThat(descriptor.hasNewStructure()).isTrue();
        assertThat(descriptor.isFrameStart()).isTrue();
        assertThat(descriptor.isFrameEnd()).isFalse();
        assertThat(descriptor.frameNumber()).isEqualTo(FRAME);
        assertThat(descriptor.activeTargets()).isEqualTo(0b111);
        assertThat(structure.decodeTargetCount()).isEqualTo(3);
        assertThat(structure.templateCount()).isEqualTo(5);
        assertThat(structure.chainCount()).isOne();
        assertThat(structure.chainOf(2)).isZero();
        assertThat(structure.maxSpatialId()).isZero();
        assertThat(structure.widthPixels(0)).isZero();
        assertThat(structure.heightPixels(0)).isZero();
        for (int target = 0; target < 3; target++) {
            assertThat(structure.temporalIdOf(target)).isEqualTo(target);
            assertThat(structure.spatialIdOf(target)).isZero();
            assertThat(descriptor.use(target)).isEqualTo(DecodeTargetUse.SWITCH);
        }
        assertThat(descriptor.frameDiffCount()).isZero();
        assertThat(descriptor.chainDiff(0)).isZero();
    }

    @Test
    void later_frames_name_a_template_in_three_bytes() {
        read(keyFrame(Descriptors.L1T3, 0));

        assertThat(read(Descriptors.mandatory(true, true, 2, 65_535))).isTrue();

        assertThat(descriptor.hasNewStructure()).isFalse();
        assertThat(descriptor.frameNumber()).isEqualTo(65_535);
        assertThat(descriptor.temporalId()).isOne();
        assertThat(descriptor.spatialId()).isZero();
        assertThat(descriptor.use(0)).isEqualTo(DecodeTargetUse.NOT_PRESENT);
        assertThat(descriptor.use(1)).isEqualTo(DecodeTargetUse.DISCARDABLE);
        assertThat(descriptor.use(2)).isEqualTo(DecodeTargetUse.SWITCH);
        assertThat(descriptor.frameDiffCount()).isOne();
        assertThat(descriptor.frameDiff(0)).isEqualTo(2);
        assertThat(descriptor.chainDiff(0)).isEqualTo(2);

        assertThat(read(Descriptors.mandatory(false, true, 4, 0))).isTrue();
        assertThat(descriptor.temporalId()).isEqualTo(2);
        assertThat(descriptor.chainDiff(0)).isEqualTo(3);
        assertThat(descriptor.isFrameStart()).isFalse();
        assertThat(descriptor.isFrameEnd()).isTrue();
    }

    @Test
    void spatial_layers_have_sizes_and_chains_of_their_own() {
        assertThat(read(keyFrame(Descriptors.L2T1, 5))).isTrue();

        var structure = descriptor.structure();
        assertThat(structure.maxSpatialId()).isOne();
        assertThat(structure.chainCount()).isEqualTo(2);
        assertThat(structure.chainOf(0)).isZero();
        assertThat(structure.chainOf(1)).isOne();
        assertThat(structure.spatialIdOf(0)).isZero();
        assertThat(structure.spatialIdOf(1)).isOne();
        assertThat(structure.widthPixels(0)).isEqualTo(320);
        assertThat(structure.heightPixels(0)).isEqualTo(180);
        assertThat(structure.widthPixels(1)).isEqualTo(640);
        assertThat(structure.heightPixels(1)).isEqualTo(360);
        assertThat(structure.widthPixels(2)).isZero();
        assertThat(descriptor.spatialId()).isZero();
        assertThat(descriptor.use(1)).isEqualTo(DecodeTargetUse.REQUIRED);

        assertThat(read(Descriptors.mandatory(true, true, 6, 1))).isTrue();
        assertThat(descriptor.spatialId()).isOne();
        assertThat(descriptor.frameDiffCount()).isEqualTo(2);
        assertThat(descriptor.frameDiff(1)).isEqualTo(2);
        assertThat(descriptor.chainDiff(0)).isEqualTo(1);
        assertThat(descriptor.chainDiff(1)).isEqualTo(2);
    }

    @Test
    void template_ids_wrap_at_64() {
        // The same structure with offset 62: templates 62, 63, 0, 1, 2.
        var wrapped = Descriptors.L1T3.replaceFirst("000000", "111110");
        assertThat(read(keyFrame(wrapped, 62))).isTrue();

        assertThat(read(Descriptors.mandatory(true, true, 0, 1))).isTrue();
        assertThat(descriptor.temporalId()).isOne();
        assertThat(read(Descriptors.mandatory(true, true, 3, 1))).isFalse();
        assertThat(read(Descriptors.mandatory(true, true, 61, 1))).isFalse();
    }

    @Test
    void a_frame_may_differ_from_its_template() {
        read(keyFrame(Descriptors.L1T3, 0));

        // Own uses R-S; own references 5, 0x123+1 and 0xfff+1 back; own chain 200 back.
        assertThat(
                        read(
                                Descriptors.mandatory(true, true, 2, 7)
                                        + "0 0 1 1 1"
                                        + "11 00 10"
                                        + "01 0100 11 000100100011 11 111111111111 00"
                                        + "11001000"))
                .isTrue();

        assertThat(descriptor.use(0)).isEqualTo(DecodeTargetUse.REQUIRED);
        assertThat(descriptor.use(1)).isEqualTo(DecodeTargetUse.NOT_PRESENT);
        assertThat(descriptor.use(2)).isEqualTo(DecodeTargetUse.SWITCH);
        assertThat(descriptor.frameDiffCount()).isEqualTo(3);
        assertThat(descriptor.frameDiff(0)).isEqualTo(5);
        assertThat(descriptor.frameDiff(1)).isEqualTo(0x124);
        assertThat(descriptor.frameDiff(2)).isEqualTo(4_096);
        assertThat(descriptor.chainDiff(0)).isEqualTo(200);
        assertThat(descriptor.temporalId()).isOne();

        assertThat(read(Descriptors.mandatory(true, true, 2, 8))).as("and the next not").isTrue();
        assertThat(descriptor.use(0)).isEqualTo(DecodeTargetUse.NOT_PRESENT);
        assertThat(descriptor.frameDiffCount()).isOne();
    }

    @Test
    void the_active_targets_stay_until_told_otherwise() {
        read(keyFrame(Descriptors.L1T3, 0));
        assertThat(read(Descriptors.mandatory(true, true, 1, 1) + "0 1 0 0 0 011")).isTrue();
        assertThat(descriptor.activeTargets()).isEqualTo(0b011);
        read(Descriptors.mandatory(true, true, 2, 2));
        assertThat(descriptor.activeTargets()).isEqualTo(0b011);
        read(keyFrame(Descriptors.L1T3, 0));
        assertThat(descriptor.activeTargets()).isEqualTo(0b111);
    }

    @Test
    void a_malformed_structure_leaves_the_old_one() {
        read(keyFrame(Descriptors.L1T3, 0));
        var before = descriptor.structure();
        var good = Descriptors.bytes(keyFrame(Descriptors.L2T1, 5));

        for (int length = 0; length < good.length; length++) {
            assertThat(descriptor.read(good, 0, length)).as("%d", length).isFalse();
            assertThat(descriptor.structure()).isSameAs(before);
            assertThat(descriptor.activeTargets()).isEqualTo(0b111);
        }
        assertThat(read(keyFrame(Descriptors.L2T1, 4))).as("no such template").isFalse();
        assertThat(descriptor.structure()).isSameAs(before);
        assertThat(descriptor.read(good, 0, good.length)).isTrue();
        assertThat(descriptor.structure()).isNotSameAs(before);
    }

    @Test
    void there_are_at_most_four_spatial_and_eight_temporal_layers() {
        String head = "000000 00000";
        String tail = "0".repeat(400);
        assertThat(read(keyFrame(head + "10 10 10 11" + tail, 0))).isTrue();
        assertThat(read(keyFrame(head + "10 10 10 10 11" + tail, 0))).isFalse();
        assertThat(read(keyFrame(head + "01".repeat(7) + "11" + tail, 0))).isTrue();
        assertThat(read(keyFrame(head + "01".repeat(8) + "11" + tail, 0))).isFalse();
        assertThat(read(keyFrame(head + "00".repeat(63) + "11" + tail, 0))).isTrue();
        assertThat(read(keyFrame(head + "00".repeat(64) + "11" + tail, 0))).isFalse();
    }

    @Test
    void takes_3_to_255_bytes() {
        var bytes = Arrays.copyOf(Descriptors.bytes(keyFrame(Descriptors.L1T3, 0)), 256);

        assertThat(descriptor.read(bytes, 0, 255)).isTrue();
        assertThat(descriptor.read(bytes, 0, 256)).isFalse();
        assertThat(descriptor.read(bytes, 0, 3)).isTrue();
        assertThat(descriptor.read(bytes, 0, 2)).isFalse();
    }

    @Test
    void another_mask_is_written_for_who_gets_fewer_layers() {
        var out = new byte[300];
        read(keyFrame(Descriptors.L1T3, 0));
        var all =
                List.of(
                        keyFrame(Descriptors.L1T3, 0),
                        Descriptors.mandatory(true, true, 2, 5),
                        Descriptors.mandatory(true, true, 2, 6) + "0 1 0 0 0 111",
                        Descriptors.mandatory(true, false, 2, 7)
                                + "0 0 1 1 1 110010 01 0100 00 11001000");
        for (String bits : all) {
            assertThat(read(bits)).isTrue();
            int uses = descriptor.use(0).compareTo(DecodeTargetUse.REQUIRED);
            int diffs = descriptor.frameDiffCount();
            int chain = descriptor.chainDiff(0);
            int frame = descriptor.frameNumber();
            boolean isNew = descriptor.hasNewStructure();

            int length = descriptor.writeTo(out, 4, 0b001);

            assertThat(descriptor.read(out, 4, length)).isTrue();
            assertThat(descriptor.activeTargets()).isEqualTo(0b001);
            assertThat(descriptor.use(0).compareTo(DecodeTargetUse.REQUIRED)).isEqualTo(uses);
            assertThat(descriptor.frameDiffCount()).isEqualTo(diffs);
            assertThat(descriptor.chainDiff(0)).isEqualTo(chain);
            assertThat(descriptor.frameNumber()).isEqualTo(frame);
            assertThat(descriptor.hasNewStructure()).isEqualTo(isNew);
        }
    }

    @Test
    void the_mask_of_32_targets_is_written_and_read() {
        // 32 targets, one template: all S; no chains: ns(33) = 0 in five bits.
        var structure = "000000 11111 11" + "10".repeat(32) + "0 00000 0";
        assertThat(read(keyFrame(structure, 0))).isTrue();
        assertThat(descriptor.activeTargets()).isEqualTo(0xFFFF_FFFFL);
        var out = new byte[DependencyDescriptor.MAX_BYTES];

        int length = descriptor.writeTo(out, 0, 0x8765_4321L);

        assertThat(descriptor.read(out, 0, length)).isTrue();
        assertThat(descriptor.activeTargets()).isEqualTo(0x8765_4321L);
        assertThat(descriptor.structure().chainCount()).isZero();
    }

    @Test
    void a_mask_needs_room() {
        read(keyFrame(Descriptors.L1T3, 0));
        read(Descriptors.mandatory(true, true, 2, 5));

        assertThat(descriptor.writeTo(new byte[4], 0, 1)).isEqualTo(4);
        assertThat(descriptor.writeTo(new byte[4], 1, 1)).isEqualTo(DependencyDescriptor.NO_ROOM);
    }

    @Test
    void random_bytes_never_throw_and_never_change() {
        Property.forAll(
                random -> {
                    var subject = new DependencyDescriptor();
                    var structure = Descriptors.bytes(keyFrame(Descriptors.L1T3, 0));
                    assertThat(subject.read(structure, 0, structure.length)).isTrue();
                    var bytes = random.bytes();
                    var before = bytes.clone();

                    if (subject.read(bytes, 0, bytes.length)) {
                        assertThat(subject.spatialId()).isBetween(0, 3);
                        assertThat(subject.temporalId()).isBetween(0, 7);
                    }

                    assertThat(bytes).isEqualTo(before);
                });
    }
}
