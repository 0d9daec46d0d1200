// SPDX-License-Identifier: Apache-2.0
package noom.socketio.msgpack;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One MessagePack value (the MessagePack specification, "Formats") to plain Java objects.
///
/// What is claimed is checked against what is there before anything is made: an array cannot have
/// more items than there are bytes left. Room is made as they come, for arrays inside one another
/// may each claim all of it.
///
/// Of extensions there are the timestamp (type -1), and two of type 0 that the official client's
/// library writes: eight bytes are a date in milliseconds, one byte is JavaScript's `undefined`,
/// which is dropped from maps and null in arrays, as in JSON.
final class MessagePackReader {
    private static final int MIN_MAP_ENTRY_BYTES = 2;
    private static final int MAX_FIRST_CAPACITY = 16;
    private static final byte TIMESTAMP = -1;
    private static final long SECONDS_MASK = (1L << 34) - 1;

    private final ByteBuffer bytes;
    private final long maxDepth;
    private int depth;

    /// @param maxDepth arrays and maps inside one another, from 1
    MessagePackReader(byte[] bytes, long maxDepth) {
        this.bytes = ByteBuffer.wrap(bytes);
        this.maxDepth = maxDepth;
    }

    private enum Undefined {
        UNDEFINED
    }

    /// The bytes are not one MessagePack value, or are too deep.
    static final class MalformedMessagePackException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedMessagePackException(String message) {
            super(message);
        }
    }

    /// The one value that fills the bytes.
    @Nullable Object readAll() throws MalformedMessagePackException {
        try {
            var value = value();
            if (bytes.hasRemaining()) {
                throw new MalformedMessagePackException("bytes after the value");
            }
            return value == Undefined.UNDEFINED ? null : value;
        } catch (BufferUnderflowException _) {
            throw new MalformedMessagePackException("value is cut short");
        }
    }

    private @Nullable Object value() throws MalformedMessagePackException {
        int prefix = bytes.get() & 0xFF;
        if (prefix < 0x80 || prefix >= 0xE0) {
            return (int) (byte) prefix;
        }
        return switch (prefix >> 4) {
            case 0x8 -> map(prefix & 0x0F);
            case 0x9 -> array(prefix & 0x0F);
            case 0xA, 0xB -> string(prefix & 0x1F);
            default -> spelledOut(prefix);
        };
    }

    private @Nullable Object spelledOut(int prefix) throws MalformedMessagePackException {
        return switch (prefix) {
            case 0xC0 -> null;
            case 0xC2 -> false;
            case 0xC3 -> true;
            case 0xC4 -> binary(length8());
            case 0xC5 -> binary(length16());
            case 0xC6 -> binary(length32());
            case 0xC7 -> extension(length8());
            case 0xC8 -> extension(length16());
            case 0xC9 -> extension(length32());
            case 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xD0, 0xD1, 0xD2, 0xD3 -> number(prefix);
            case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> extension(1L << (prefix - 0xD4));
            case 0xD9 -> string(length8());
            case 0xDA -> string(length16());
            case 0xDB -> string(length32());
            case 0xDC -> array(length16());
            case 0xDD -> array(length32());
            case 0xDE -> map(length16());
            case 0xDF -> map(length32());
            default -> throw new MalformedMessagePackException("unknown format");
        };
    }

    private Object number(int prefix) {
        return switch (prefix) {
            case 0xCA -> (double) bytes.getFloat();
            case 0xCB -> bytes.getDouble();
            case 0xCC -> bytes.get() & 0xFF;
            case 0xCD -> bytes.getShort() & 0xFFFF;
            case 0xCE -> narrowed(bytes.getInt() & 0xFFFF_FFFFL);
            case 0xCF -> unsigned(bytes.getLong());
            case 0xD0 -> (int) bytes.get();
            case 0xD1 -> (int) bytes.getShort();
            case 0xD2 -> bytes.getInt();
            default -> narrowed(bytes.getLong());
        };
    }

    private static Object narrowed(long number) {
        return number == (int) number ? (Object) (int) number : (Object) number;
    }

    private static Object unsigned(long bits) {
        return bits >= 0 ? narrowed(bits) : new BigInteger(Long.toUnsignedString(bits));
    }

    private long length8() {
        return bytes.get() & 0xFF;
    }

    private long length16() {
        return bytes.getShort() & 0xFFFF;
    }

    private long length32() {
        return bytes.getInt() & 0xFFFF_FFFFL;
    }

    private int checked(long length, int itemBytes) throws MalformedMessagePackException {
        if (length * itemBytes > bytes.remaining()) {
            throw new MalformedMessagePackException("longer than what is there");
        }
        return (int) length;
    }

    private void enter() throws MalformedMessagePackException {
        depth++;
        if (depth > maxDepth) {
            throw new MalformedMessagePackException("too deep");
        }
    }

    private List<@Nullable Object> array(long length) throws MalformedMessagePackException {
        int size = checked(length, 1);
        enter();
        var list = new ArrayList<@Nullable Object>(Math.min(size, MAX_FIRST_CAPACITY));
        for (int i = 0; i < size; i++) {
            var item = value();
            list.add(item == Undefined.UNDEFINED ? null : item);
        }
        depth--;
        return list;
    }

    private Map<String, @Nullable Object> map(long length) throws MalformedMessagePackException {
        int size = checked(length, MIN_MAP_ENTRY_BYTES);
        enter();
        Map<String, @Nullable Object> map =
                LinkedHashMap.newLinkedHashMap(Math.min(size, MAX_FIRST_CAPACITY));
        for (int i = 0; i < size; i++) {
            if (!(value() instanceof String name)) {
                throw new MalformedMessagePackException("map key is not a string");
            }
            var item = value();
            if (item == Undefined.UNDEFINED) {
                map.remove(name);
            } else {
                map.put(name, item);
            }
        }
        depth--;
        return map;
    }

    private byte[] binary(long length) throws MalformedMessagePackException {
        var data = new byte[checked(length, 1)];
        bytes.get(data);
        return data;
    }

    private String string(long length) throws MalformedMessagePackException {
        var text = bytes.slice(bytes.position(), checked(length, 1));
        bytes.position(bytes.position() + text.remaining());
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException _) {
            throw new MalformedMessagePackException("string is not UTF-8");
        }
    }

    private Object extension(long length) throws MalformedMessagePackException {
        byte type = bytes.get();
        checked(length, 1);
        if (type == 0 && length == 1) {
            bytes.get();
            return Undefined.UNDEFINED;
        }
        try {
            var date = date(type, (int) length);
            if (date != null) {
                var _ = date.toEpochMilli(); // fails unless it can be written again
                return date;
            }
        } catch (DateTimeException | ArithmeticException _) {
            throw new MalformedMessagePackException("date out of range");
        }
        throw new MalformedMessagePackException("unknown extension");
    }

    private @Nullable Instant date(byte type, int length) {
        if (type == 0 && length == 8) {
            return Instant.ofEpochMilli(bytes.getLong());
        }
        if (type != TIMESTAMP) {
            return null;
        }
        return switch (length) {
            case 4 -> Instant.ofEpochSecond(bytes.getInt() & 0xFFFF_FFFFL);
            case 8 -> {
                long bits = bytes.getLong();
                yield Instant.ofEpochSecond(bits & SECONDS_MASK, bits >>> 34);
            }
            case 12 -> {
                long nanos = bytes.getInt() & 0xFFFF_FFFFL;
                yield Instant.ofEpochSecond(bytes.getLong(), nanos);
            }
            default -> null;
        };
    }
}
