// SPDX-License-Identifier: Apache-2.0
package noom.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private final List<String> heard = new ArrayList<>();
    private final FrameReader reader =
            new FrameReader(
                    new FrameReader.Sink() {
                        @Override
                        public void onText(int first, int second, long lengthBytes) {
                            heard.add(character(first) + character(second) + lengthBytes);
                        }

                        @Override
                        public void onUnexpected(int headerByte) {
                            heard.add("unexpected " + headerByte);
                        }
                    });

    private static String character(int value) {
        return value < 0 ? "-" : Character.toString(value);
    }

    @Test
    void wherever_the_bytes_are_cut_the_frames_are_the_same() {
        byte[] bytes = frames("2", "", "42[\"m\"]", "42" + "x".repeat(124), "40", "3");

        for (int cut = 0; cut <= bytes.length; cut++) {
            heard.clear();
            reader.receive(ByteBuffer.wrap(bytes, 0, cut));
            reader.receive(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
            assertThat(heard).containsExactly("2-1", "--0", "427", "42126", "402", "3-1");
        }
    }

    @Test
    void bytes_may_come_one_by_one() {
        for (byte value : frames("42" + "x".repeat(300), "2")) {
            reader.receive(ByteBuffer.wrap(new byte[] {value}));
        }

        assertThat(heard).containsExactly("42302", "2-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 125, 126, 127, 65_535, 65_536, 100_000})
    void every_form_of_length_is_read(int length) {
        reader.receive(ByteBuffer.wrap(frames("4".repeat(length), "2")));

        assertThat(heard).hasSize(2).last().isEqualTo("2-1");
        assertThat(heard.getFirst()).endsWith(Integer.toString(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x82, 0x01, 0x80, 0x88, 0x89, 0xc1})
    void what_is_not_a_whole_plain_text_is_unexpected(int firstByte) {
        reader.receive(ByteBuffer.wrap(new byte[] {(byte) firstByte}));

        assertThat(heard).containsExactly("unexpected " + firstByte);
    }

    @Test
    void a_masked_frame_is_unexpected() {
        reader.receive(ByteBuffer.wrap(new byte[] {(byte) 0x81, (byte) 0x81}));

        assertThat(heard).containsExactly("unexpected 129");
    }

    private static byte[] frames(String... texts) {
        var bytes = new ByteArrayOutputStream();
        for (var text : texts) {
            byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
            bytes.write(0x81);
            if (payload.length < 126) {
                bytes.write(payload.length);
            } else if (payload.length < 65_536) {
                bytes.write(126);
                bytes.write(payload.length >> 8);
                bytes.write(payload.length);
            } else {
                bytes.write(127);
                bytes.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
            }
            bytes.writeBytes(payload);
        }
        return bytes.toByteArray();
    }
}
