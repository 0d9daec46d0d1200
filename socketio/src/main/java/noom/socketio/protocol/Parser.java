// SPDX-License-Identifier: Apache-2.0
package noom.socketio.protocol;

/// How packets travel: to messages, and back from what a client sends. Both sides of a connection
/// must use the same one.
///
/// A server has one parser: what goes to many is encoded once. A decoder remembers what it received
/// in part, so each connection has its own.
public interface Parser {
    /// Text with attachments, as every official client speaks unless it is told otherwise.
    Parser JSON =
            new Parser() {
                @Override
                public EncodedPacket encode(Packet packet) {
                    return PacketEncoder.encode(packet);
                }

                @Override
                public Decoder newDecoder(PacketLimits limits) {
                    return new PacketDecoder(limits);
                }
            };

    /// Encodes for any number of receivers; from any thread.
    ///
    /// @throws IllegalArgumentException if the data holds something that the format has no word for
    EncodedPacket encode(Packet packet);

    /// A decoder for one connection.
    ///
    /// @param limits what to take from its client
    Decoder newDecoder(PacketLimits limits);

    /// Messages of one connection to packets. Called on the web loop of its connection only; after
    /// [DecodeResult.Malformed] the connection is closed.
    interface Decoder {
        /// Takes a text message.
        DecodeResult receiveText(String text);

        /// Takes a binary message; the array is the decoder's.
        DecodeResult receiveBinary(byte[] bytes);

        /// Lets go of a packet received in part.
        void reset();
    }
}
