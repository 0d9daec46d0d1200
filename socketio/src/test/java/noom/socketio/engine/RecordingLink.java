// SPDX-License-Identifier: Apache-2.0
package noom.socketio.engine;

import java.util.ArrayList;
import java.util.List;

/// A WebSocket that remembers: strings and byte arrays as written.
public final class RecordingLink implements FrameLink {
    private final List<Object> written = new ArrayList<>();
    private final List<EnginePacket> packets = new ArrayList<>();
    private boolean writable = true;
    private boolean paused;
    private boolean closed;

    @Override
    public void write(EnginePacket packet) {
        packets.add(packet);
        written.add(
                packet instanceof EnginePacket.BinaryMessage binary
                        ? binary.bytes()
                        : packet.encoded());
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void close() {
        closed = true;
    }

    /// Makes it take more, or not.
    public void setWritable(boolean taking) {
        writable = taking;
    }

    /// Whether reading was stopped.
    public boolean isPaused() {
        return paused;
    }

    /// Whether the server ended it.
    public boolean isClosed() {
        return closed;
    }

    /// What was written since the last call.
    public List<Object> take() {
        var taken = List.copyOf(written);
        written.clear();
        packets.clear();
        return taken;
    }

    /// The packets themselves since the last [#take].
    public List<EnginePacket> packets() {
        return packets;
    }
}
