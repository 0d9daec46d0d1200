// SPDX-License-Identifier: Apache-2.0
package noom.socketio.redis;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/// Plain objects, as in a packet, to and from MessagePack.
final class MessagePack {
    /// Deeper than any packet that a server of ours takes.
    private static final int MAX_DEPTH = 256;

    private MessagePack() {}

    static byte[] write(@Nullable Object tree) {
        try (var packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            write(tree, packer);
            return packer.toByteArray();
        } catch (IOException e) {
            throw new AssertionError("a buffer in memory", e);
        }
    }

    private static void write(@Nullable Object value, MessagePacker packer) throws IOException {
        switch (value) {
            case null -> packer.packNil();
            case String text -> packer.packString(text);
            case Boolean truth -> packer.packBoolean(truth);
            case BigInteger big when big.bitLength() > 64 -> packer.packDouble(big.doubleValue());
            case BigInteger big when big.bitLength() < 64 -> packer.packLong(big.longValue());
            case BigInteger big when big.signum() > 0 -> packer.packBigInteger(big);
            case BigInteger big -> packer.packDouble(big.doubleValue());
            case Integer number -> packer.packInt(number);
            case Long number -> packer.packLong(number);
            case Number number -> packer.packDouble(number.doubleValue());
            case byte[] bytes -> packer.packBinaryHeader(bytes.length).writePayload(bytes);
            case List<?> list -> {
                packer.packArrayHeader(list.size());
                for (var item : list) {
                    write(item, packer);
                }
            }
            case Map<?, ?> map -> {
                packer.packMapHeader(map.size());
                for (var entry : map.entrySet()) {
                    packer.packString(String.valueOf(entry.getKey()));
                    write(entry.getValue(), packer);
                }
            }
            default -> throw new IllegalArgumentException("no plain object: " + value.getClass());
        }
    }

    /// @throws IOException when it is not one well-formed value
    static @Nullable Object read(byte[] bytes) throws IOException {
        try (var unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(bytes)) {
            var tree = read(unpacker, bytes.length, MAX_DEPTH);
            if (unpacker.hasNext()) {
                throw new IOException("more than one value");
            }
            return tree;
        } catch (MessageInsufficientBufferException | ArithmeticException e) {
            throw new IOException("cut off", e);
        } catch (org.msgpack.core.MessagePackException e) {
            throw new IOException("no MessagePack", e);
        }
    }

    private static @Nullable Object read(MessageUnpacker unpacker, int limit, int depth)
            throws IOException {
        if (depth == 0) {
            throw new IOException("deeper than " + MAX_DEPTH);
        }
        return switch (unpacker.getNextFormat().getValueType()) {
            case NIL -> {
                unpacker.unpackNil();
                yield null;
            }
            case BOOLEAN -> unpacker.unpackBoolean();
            case INTEGER -> narrow(unpacker.unpackBigInteger());
            case FLOAT -> unpacker.unpackDouble();
            case STRING -> unpacker.unpackString();
            case BINARY -> unpacker.readPayload(sized(unpacker.unpackBinaryHeader(), limit));
            case ARRAY -> {
                int size = sized(unpacker.unpackArrayHeader(), limit);
                var list = new ArrayList<@Nullable Object>();
                for (int i = 0; i < size; i++) {
                    list.add(read(unpacker, limit, depth - 1));
                }
                yield list;
            }
            case MAP -> {
                int size = sized(unpacker.unpackMapHeader(), limit);
                var map = new LinkedHashMap<String, @Nullable Object>();
                for (int i = 0; i < size; i++) {
                    map.put(unpacker.unpackString(), read(unpacker, limit, depth - 1));
                }
                yield map;
            }
            case EXTENSION -> {
                var header = unpacker.unpackExtensionTypeHeader();
                unpacker.readPayload(sized(header.getLength(), limit));
                yield null; // a Date, for example: JSON has no word for it either
            }
        };
    }

    /// A declared size is believed only as far as there are bytes for it.
    private static int sized(int declared, int limit) throws IOException {
        if (declared > limit) {
            throw new IOException("declares " + declared + " items in " + limit + " bytes");
        }
        return declared;
    }

    private static Number narrow(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }
}
