// SPDX-License-Identifier: Apache-2.0
package noom.rtc.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import noom.rtc.limit.TokenBucket;
import org.jspecify.annotations.Nullable;

/// Tells a browser which address it is seen under, and is of no use to anyone else.
///
/// Owner: whoever created it; no socket, no clock. Hand it each datagram that came to the port and
/// send what it returns back to the same address.
///
/// A Binding request without credentials gets a Binding success with XOR-MAPPED-ADDRESS and
/// nothing else: 32 bytes to IPv4, 44 to IPv6 (RFC 8489 §6.3.1). A request with an unknown
/// comprehension-required attribute gets error 420 if that is no longer than the request, else
/// silence. All else gets silence, counted by reason: a forged sender gains at most 24 bytes per
/// packet, and only within the limits below.
///
/// **Limits.** [#SOURCE_LIMIT] answers per second and source, [#NODE_LIMIT] in all; either may come
/// at once after a second of rest. A source is an IPv4 address or an IPv6 /64, which is what one
/// household gets. At most [#MAX_SOURCES] are remembered; the one not heard for longest gives way.
/// Only sources that the node has an answer left for are remembered, so at most 2,000 in any
/// second, and a source not heard for a second has nothing left to remember: nobody can flush
/// the table to win answers.
public final class StunResponder {
    /// Answers per second to one source.
    public static final int SOURCE_LIMIT = 20;

    /// Answers per second in all.
    public static final int NODE_LIMIT = 1_000;

    /// Sources remembered.
    public static final int MAX_SOURCES = 4_096;

    private static final int ERROR_UNKNOWN_ATTRIBUTE = 420;
    private static final long IPV4_KEYS = 0x0000_FFFF_0000_0000L; // no IPv6 network begins so

    private final StunMessage request = new StunMessage();
    private final StunWriter writer = new StunWriter();
    private final StunStats stats = new StunStats();
    private final LinkedHashMap<Long, TokenBucket> sources = new LinkedHashMap<>(16, 0.75f, true);
    private final TokenBucket node;

    /// @param nowNanos the time, on the clock of all later calls
    public StunResponder(long nowNanos) {
        node = new TokenBucket(NODE_LIMIT, nowNanos);
    }

    /// Counters, readable from any thread.
    public StunStats stats() {
        return stats;
    }

    /// Takes a whole datagram and decides.
    ///
    /// @param datagram borrowed, never written
    /// @param source resolved; where the answer goes
    /// @param nowNanos not before the time of the previous call
    /// @return what to send to `source`, in an array of its own, or null for silence
    public byte @Nullable [] answer(byte[] datagram, InetSocketAddress source, long nowNanos) {
        var drop = judge(datagram);
        if (drop == null) {
            drop = takeTokens(source.getAddress(), nowNanos);
        }
        if (drop != null) {
            stats.onDropped(drop);
            return null;
        }
        return write(source);
    }

    int sourceCount() {
        return sources.size();
    }

    boolean remembers(InetSocketAddress source) {
        return sources.containsKey(keyOf(source.getAddress().getAddress()));
    }

    private @Nullable StunDrop judge(byte[] datagram) {
        if (!request.wrap(datagram)) {
            return request.refusal();
        }
        if (request.type() != StunMessage.BINDING_REQUEST) {
            return StunDrop.NOT_BINDING_REQUEST;
        }
        if (request.has(StunAttribute.USERNAME)
                || request.has(StunAttribute.USERHASH)
                || request.has(StunAttribute.MESSAGE_INTEGRITY)
                || request.has(StunAttribute.MESSAGE_INTEGRITY_SHA256)) {
            return StunDrop.CREDENTIALS_UNKNOWN;
        }
        int unknownCount = request.unknownRequired().length;
        return unknownCount > 0 && refusalBytes(unknownCount) > request.lengthBytes()
                ? StunDrop.UNKNOWN_ATTRIBUTE
                : null;
    }

    private @Nullable StunDrop takeTokens(InetAddress source, long nowNanos) {
        if (!node.hasTokens(1, nowNanos)) {
            return StunDrop.NODE_TOO_FAST;
        }
        var bucket = bucketOf(source, nowNanos);
        if (!bucket.hasTokens(1, nowNanos)) {
            return StunDrop.SOURCE_TOO_FAST;
        }
        bucket.take(1, nowNanos);
        node.take(1, nowNanos);
        return null;
    }

    private TokenBucket bucketOf(InetAddress source, long nowNanos) {
        long key = keyOf(source.getAddress());
        var bucket = sources.get(key); // and thereby becomes the latest
        if (bucket == null) {
            if (sources.size() == MAX_SOURCES) {
                sources.pollFirstEntry();
            }
            bucket = new TokenBucket(SOURCE_LIMIT, nowNanos);
            sources.put(key, bucket);
        }
        return bucket;
    }

    private byte[] write(InetSocketAddress source) {
        int[] unknown = request.unknownRequired();
        if (unknown.length == 0) {
            stats.onAnswered();
            return writer.begin(StunMessage.BINDING_SUCCESS, request.transactionId())
                    .xorMappedAddress(source)
                    .toBytes();
        }
        stats.onRefused();
        return writer.begin(StunMessage.BINDING_ERROR, request.transactionId())
                .errorCode(ERROR_UNKNOWN_ATTRIBUTE)
                .unknownAttributes(unknown)
                .toBytes();
    }

    /// Header, ERROR-CODE without a sentence, and UNKNOWN-ATTRIBUTES padded.
    private static int refusalBytes(int unknownCount) {
        return StunMessage.HEADER_BYTES + 8 + 4 + ((2 * unknownCount + 3) & ~3);
    }

    private static long keyOf(byte[] address) {
        return address.length == 4
                ? IPV4_KEYS | Integer.toUnsignedLong(ByteBuffer.wrap(address).getInt())
                : ByteBuffer.wrap(address).getLong();
    }
}
