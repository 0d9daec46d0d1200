// SPDX-License-Identifier: Apache-2.0
package noom.socketio.msgpack;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain Java objects to MessagePack, each in the shortest format there is for it.
///
/// Text is written as UTF-8: a surrogate without its partner becomes `?`. A date is written in the
/// format that the official client's library reads in all its versions: milliseconds, extension 0.
final class MessagePackWriter {
    private static final int FIRST_CAPACITY = 256;
    private static final int MAX_DEPTH = 500;
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);

    private ByteBuffer out = ByteBuffer.allocate(FIRST_CAPACITY);
    private int depth;

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            int capacity = Math.max(out.capacity() * 2, Math.addExact(out.position(), bytes));
            out = ByteBuffer.allocate(capacity).put(out.flip());
        }
        return out;
    }

    /// @throws IllegalArgumentException if the value holds something that has no format, or is
    ///     nested more than 500 deep
    void write(@Nullable Object value) {
        switch (value) {
            case null -> room(1).put((byte) 0xC0);
            case CharSequence text -> writeText(text.toString());
            case Boolean truth -> room(1).put((byte) (truth ? 0xC3 : 0xC2));
            case Number number -> writeNumber(number);
            case byte[] bytes -> writeBinary(bytes);
            case Map<?, ?> map -> writeMap(map);
            case Collection<?> items -> writeArray(items);
            case Object[] items -> writeArray(Arrays.asList(items));
            case Enum<?> constant -> writeText(constant.name());
            case Instant date -> writeDate(date);
            default ->
                    throw new IllegalArgumentException(
                            "no MessagePack for " + value.getClass().getName());
        }
    }

    private void writeDate(Instant date) {
        try {
            room(10).put((byte) 0xD7).put((byte) 0).putLong(date.toEpochMilli());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("date out of range", e);
        }
    }

    private void writeNumber(Number number) {
        switch (number) {
            case Integer i -> writeLong(i);
            case Long l -> writeLong(l);
            case Short s -> writeLong(s);
            case Byte b -> writeLong(b);
            case BigInteger big -> writeBig(big);
            default -> room(9).put((byte) 0xCB).putDouble(number.doubleValue());
        }
    }

    private void writeBig(BigInteger big) {
        if (big.bitLength() < Long.SIZE) {
            writeLong(big.longValue());
        } else if (big.signum() > 0 && big.compareTo(MAX_UNSIGNED) < 0) {
            room(9).put((byte) 0xCF).putLong(big.longValue());
        } else {
            room(9).put((byte) 0xCB).putDouble(big.doubleValue());
        }
    }

    private void writeLong(long number) {
        if (number >= -32 && number < 128) {
            room(1).put((byte) number);
        } else if (number >= 0) {
            writePositive(number);
        } else if (number == (byte) number) {
            room(2).put((byte) 0xD0).put((byte) number);
        } else if (number == (short) number) {
            room(3).put((byte) 0xD1).putShort((short) number);
        } else if (number == (int) number) {
            room(5).put((byte) 0xD2).putInt((int) number);
        } else {
            room(9).put((byte) 0xD3).putLong(number);
        }
    }

    private void writePositive(long number) {
        if (number <= 0xFF) {
            room(2).put((byte) 0xCC).put((byte) number);
        } else if (number <= 0xFFFF) {
            room(3).put((byte) 0xCD).putShort((short) number);
        } else if (number <= 0xFFFF_FFFFL) {
            room(5).put((byte) 0xCE).putInt((int) number);
        } else {
            room(9).put((byte) 0xCF).putLong(number);
        }
    }

    private void writeText(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length < 32) {
            room(1).put((byte) (0xA0 | utf8.length));
        } else {
            writeLength(utf8.length, 0xD9, 0xDA, 0xDB);
        }
        room(utf8.length).put(utf8);
    }

    private void writeBinary(byte[] bytes) {
        writeLength(bytes.length, 0xC4, 0xC5, 0xC6);
        room(bytes.length).put(bytes);
    }

    private void writeLength(int length, int prefix8, int prefix16, int prefix32) {
        if (length <= 0xFF) {
            room(2).put((byte) prefix8).put((byte) length);
        } else {
            writeLength(length, prefix16, prefix32);
        }
    }

    private void writeLength(int length, int prefix16, int prefix32) {
        if (length <= 0xFFFF) {
            room(3).put((byte) prefix16).putShort((short) length);
        } else {
            room(5).put((byte) prefix32).putInt(length);
        }
    }

    private void writeArray(Collection<?> items) {
        enter();
        if (items.size() < 16) {
            room(1).put((byte) (0x90 | items.size()));
        } else {
            writeLength(items.size(), 0xDC, 0xDD);
        }
        items.forEach(this::write);
        depth--;
    }

    private void writeMap(Map<?, ?> map) {
        enter();
        if (map.size() < 16) {
            room(1).put((byte) (0x80 | map.size()));
        } else {
            writeLength(map.size(), 0xDE, 0xDF);
        }
        map.forEach(
                (key, value) -> {
                    if (!(key instanceof String name)) {
                        throw new IllegalArgumentException("a map is keyed by strings");
                    }
                    writeText(name);
                    write(value);
                });
        depth--;
    }

    private void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("value is nested too deeply");
        }
    }
}
