// SPDX-License-Identifier: Apache-2.0
package noom.rtc.dtls;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/// What Bouncy Castle takes for its socket. It sends a record at a time; here those of one flight
/// share datagrams (RFC 6347 section 4.1.1), so that a flight of seven records is lost or comes as
/// one. They leave before anything is waited for.
///
/// Owner: the virtual thread of its handshake.
final class DatagramLine implements DatagramTransport {
    /// Longest datagram sent: what passes any path (RFC 8835 gives no better number).
    static final int MTU_BYTES = 1_200;

    private final DatagramInbox inbox;
    private final Consumer<byte[]> out;
    private final byte[] flight = new byte[MTU_BYTES];
    private int flightBytes;
    private boolean closed;

    /// @param inbox what comes
    /// @param out takes each datagram that leaves, and keeps it
    DatagramLine(DatagramInbox inbox, Consumer<byte[]> out) {
        this.inbox = inbox;
        this.out = out;
    }

    @Override
    public int getReceiveLimit() {
        return DtlsEndpoint.MAX_DATAGRAM_BYTES;
    }

    @Override
    public int getSendLimit() {
        return MTU_BYTES;
    }

    /// @return bytes of the next datagram, or -1 if none came in time
    /// @throws InterruptedIOException if either side has closed the line: the only exception that
    ///     Bouncy Castle lets pass without an alert
    @Override
    public int receive(byte[] into, int offset, int limitBytes, int waitMillis)
            throws InterruptedIOException {
        flush();
        if (closed) {
            throw new InterruptedIOException("the peer said goodbye");
        }
        byte[] datagram;
        try {
            datagram = inbox.take(waitMillis);
        } catch (InterruptedException _) {
            throw new InterruptedIOException("nobody interrupts this thread");
        }
        if (inbox.isClosed()) {
            throw new InterruptedIOException("the owner said goodbye");
        }
        if (datagram == null || datagram.length > limitBytes) {
            return -1;
        }
        System.arraycopy(datagram, 0, into, offset, datagram.length);
        return datagram.length;
    }

    @Override
    public void send(byte[] record, int offset, int lengthBytes) {
        if (flightBytes + lengthBytes > MTU_BYTES) {
            flush();
        }
        System.arraycopy(record, offset, flight, flightBytes, lengthBytes);
        flightBytes += lengthBytes;
    }

    /// Sends what has gathered.
    void flush() {
        if (flightBytes > 0) {
            out.accept(Arrays.copyOf(flight, flightBytes));
            flightBytes = 0;
        }
    }

    @Override
    public void close() {
        flush();
        closed = true;
    }
}
