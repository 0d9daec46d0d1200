// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import noom.socketio.protocol.JsonReader.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/// Messages of one connection to packets (Socket.IO protocol, revision 5, "Packet encoding").
///
/// ```
/// header:   type [count "-"] ["/" namespace ("," | end)] [ack id] [JSON]
///
///             text, complete                 text, count > 0
///   idle ───────────────────► idle     idle ─────────────────► awaiting attachments
///                                                                │ binary: one less
///                                      idle ◄────────────────────┘ none left
/// ```
/// Text while attachments are awaited, or binary while none is, is malformed; so is every breach of
/// the grammar and of the limits. After [DecodeResult.Malformed] the connection must be closed.
///
/// While attachments are awaited the text is kept, not its tree, which may be ten times as large:
/// it is read once to check it, and once more when all is there.
///
/// Owner: the web loop of its connection.
public final class PacketDecoder implements Parser.Decoder {
    /// Names that the client library keeps for itself; no event may carry one.
    public static final Set<String> RESERVED_EVENTS =
            Set.of(
                    "connect",
                    "connect_error",
                    "disconnect",
                    "disconnecting",
                    "newListener",
                    "removeListener");

    private static final int MAX_ACK_DIGITS = 16;
    private static final int MAX_COUNT_DIGITS = 9;

    private final PacketLimits limits;
    private final JsonReader json;
    private final List<byte[]> attachments = new ArrayList<>();
    private @Nullable String pending;
    private int missingCount;
    private long heldBytes;

    /// @param limits what to take from the client
    public PacketDecoder(PacketLimits limits) {
        this.limits = limits;
        this.json = new JsonReader(limits.maxJsonDepth());
    }

    private record Header(
            char type, int attachmentCount, String namespace, long ackId, @Nullable Object data) {}

    private static final class MalformedPacketException extends Exception {
        private static final long serialVersionUID = 1;

        MalformedPacketException(String message) {
            super(message);
        }
    }

    /// Takes a text message.
    @Override
    public DecodeResult receiveText(String text) {
        if (pending != null) {
            return malformed("text while attachments are awaited");
        }
        try {
            if (limits.maxPacketBytes() < Long.MAX_VALUE) {
                hold(utf8Bytes(text));
            }
            var header = new Cursor(text).header();
            var packet = packet(header);
            if (header.attachmentCount == 0) {
                heldBytes = 0;
                return new DecodeResult.Complete(packet);
            }
            pending = text;
            missingCount = header.attachmentCount;
            return new DecodeResult.Awaiting(missingCount);
        } catch (MalformedPacketException | MalformedJsonException e) {
            return malformed(String.valueOf(e.getMessage()));
        }
    }

    /// Takes a binary message; the array is kept.
    @Override
    public DecodeResult receiveBinary(byte[] bytes) {
        var text = pending;
        if (text == null) {
            return malformed("binary while none is awaited");
        }
        try {
            hold(bytes.length);
            attachments.add(bytes);
            missingCount--;
            if (missingCount > 0) {
                return new DecodeResult.Awaiting(missingCount);
            }
            var packet = packet(new Cursor(text).header());
            reset();
            return new DecodeResult.Complete(packet);
        } catch (MalformedPacketException | MalformedJsonException e) {
            return malformed(String.valueOf(e.getMessage()));
        }
    }

    private void hold(long bytes) throws MalformedPacketException {
        heldBytes += bytes;
        if (heldBytes > limits.maxPacketBytes()) {
            throw new MalformedPacketException("packet too large");
        }
    }

    private static long utf8Bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is two characters and four bytes.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /// Whether a packet has begun whose attachments are not all here.
    public boolean isAwaitingAttachments() {
        return pending != null;
    }

    /// Lets go of a packet received in part.
    @Override
    public void reset() {
        pending = null;
        missingCount = 0;
        heldBytes = 0;
        attachments.clear();
    }

    private DecodeResult malformed(String reason) {
        reset();
        return new DecodeResult.Malformed(reason);
    }

    private static Packet packet(Header header) throws MalformedPacketException {
        boolean carriesAck = "2356".indexOf(header.type) >= 0;
        if (header.ackId != Packet.NO_ACK && !carriesAck) {
            throw new MalformedPacketException("ack id on a packet that is never answered");
        }
        return switch (header.type) {
            case '0' -> new Packet.Connect(header.namespace, object(header.data, true));
            case '1' -> {
                if (header.data != Absent.ABSENT) {
                    throw new MalformedPacketException("disconnect with a payload");
                }
                yield new Packet.Disconnect(header.namespace);
            }
            case '2', '5' ->
                    new Packet.Event(header.namespace, eventData(header.data), header.ackId);
            case '3', '6' -> {
                if (header.ackId == Packet.NO_ACK) {
                    throw new MalformedPacketException("ack without an id");
                }
                yield new Packet.Ack(header.namespace, array(header.data), header.ackId);
            }
            default -> new Packet.ConnectError(header.namespace, object(header.data, false));
        };
    }

    private enum Absent {
        ABSENT
    }

    @SuppressWarnings("unchecked") // JsonReader makes objects with string keys only
    private static Map<String, @Nullable Object> object(@Nullable Object data, boolean optional)
            throws MalformedPacketException {
        if (data == Absent.ABSENT && optional) {
            return Map.of();
        }
        if (data instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new MalformedPacketException("payload is not an object");
    }

    @SuppressWarnings("unchecked") // JsonReader makes lists of these objects only
    private static List<@Nullable Object> array(@Nullable Object data)
            throws MalformedPacketException {
        if (data instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new MalformedPacketException("payload is not an array");
    }

    private static List<@Nullable Object> eventData(@Nullable Object data)
            throws MalformedPacketException {
        var list = array(data);
        var problem = problemOfEvent(list);
        if (problem != null) {
            throw new MalformedPacketException(problem);
        }
        return list;
    }

    /// What is wrong with the data of an event: it begins with a name that a client may use.
    ///
    /// @return null if nothing is
    public static @Nullable String problemOfEvent(List<@Nullable Object> data) {
        var name = data.isEmpty() ? null : data.getFirst();
        if (name instanceof Number number && Double.isFinite(number.doubleValue())) {
            return null;
        }
        if (!(name instanceof String text)) {
            return "event without a name";
        }
        return RESERVED_EVENTS.contains(text) ? "reserved event name" : null;
    }

    /// Walks over one text from left to right.
    private final class Cursor {
        private final String text;
        private int index;

        Cursor(String text) {
            this.text = text;
        }

        Header header() throws MalformedPacketException, MalformedJsonException {
            char type = peek();
            if (type < '0' || type > '6') {
                throw new MalformedPacketException("unknown packet type");
            }
            index++;
            boolean binary = type >= '5';
            int count = binary ? attachmentCount() : 0;
            var namespace = namespace();
            long ackId = ackId();
            Object data = Absent.ABSENT;
            if (index < text.length()) {
                data = json.read(text, index, binary ? count : -1, attachments);
            }
            return new Header(type, count, namespace, ackId, data);
        }

        private char peek() {
            return index < text.length() ? text.charAt(index) : '\0';
        }

        private int attachmentCount() throws MalformedPacketException {
            var digits = digits(MAX_COUNT_DIGITS);
            if (digits.isEmpty() || peek() != '-') {
                throw new MalformedPacketException("attachment count missing");
            }
            index++;
            int count = Integer.parseInt(digits);
            if (count > limits.maxAttachments()) {
                throw new MalformedPacketException("too many attachments");
            }
            return count;
        }

        private String namespace() {
            if (peek() != '/') {
                return Packet.MAIN_NAMESPACE;
            }
            int comma = text.indexOf(',', index);
            int end = comma < 0 ? text.length() : comma;
            var namespace = text.substring(index, end);
            index = comma < 0 ? end : comma + 1;
            return namespace;
        }

        private long ackId() throws MalformedPacketException {
            var digits = digits(MAX_ACK_DIGITS);
            if (digits.isEmpty()) {
                return Packet.NO_ACK;
            }
            long id = Long.parseLong(digits);
            if (id > Packet.MAX_ACK_ID) {
                throw new MalformedPacketException("ack id too large");
            }
            return id;
        }

        private String digits(int max) throws MalformedPacketException {
            int start = index;
            while (peek() >= '0' && peek() <= '9') {
                index++;
                if (index - start > max) {
                    throw new MalformedPacketException("number too long");
                }
            }
            return text.substring(start, index);
        }
    }
}
