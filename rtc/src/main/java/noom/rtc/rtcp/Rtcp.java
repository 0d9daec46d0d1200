// SPDX-License-Identifier: Apache-2.0
package noom.rtc.rtcp;

import java.util.List;
import java.util.function.IntConsumer;

/// One control packet. SSRCs are unsigned 32-bit numbers in a `long`, NTP times unsigned
/// 64-bit ones: 32 bits of seconds since 1900 and 32 of fraction.
public sealed interface Rtcp {
    /// Most blocks, chunks or sources in one packet: its count has five bits (RFC 3550 §6.4).
    int MAX_COUNT = 31;

    /// SR: what a sender has sent, and how its two clocks go together (RFC 3550 §6.4.1).
    ///
    /// @param ntpTime when it was sent
    /// @param rtpTicks the same moment by the stream's clock
    /// @param packetCount sent since the start, modulo 2^32
    /// @param octetCount of payload, modulo 2^32
    record SenderReport(
            long ssrc,
            long ntpTime,
            long rtpTicks,
            long packetCount,
            long octetCount,
            List<ReportBlock> blocks)
            implements Rtcp {
        /// Checks and takes a copy.
        ///
        /// @throws IllegalArgumentException past [#MAX_COUNT]
        public SenderReport {
            blocks = atMost(MAX_COUNT, blocks);
        }
    }

    /// RR: what a receiver has received (RFC 3550 §6.4.2).
    record ReceiverReport(long ssrc, List<ReportBlock> blocks) implements Rtcp {
        /// Checks and takes a copy.
        ///
        /// @throws IllegalArgumentException past [#MAX_COUNT]
        public ReceiverReport {
            blocks = atMost(MAX_COUNT, blocks);
        }
    }

    /// How one stream arrives.
    ///
    /// @param fractionLost since the last report, in 1/256
    /// @param cumulativeLost since the start, signed 24 bits: duplicates make it negative
    /// @param extendedHighestSeq rollovers in the high 16 bits, sequence number in the low
    /// @param jitterTicks of the stream's clock
    /// @param lastSenderReport middle 32 bits of the last SR's NTP time, 0 if there was none
    /// @param delaySinceLastSenderReport in 1/65,536 s
    record ReportBlock(
            long ssrc,
            int fractionLost,
            int cumulativeLost,
            long extendedHighestSeq,
            long jitterTicks,
            long lastSenderReport,
            long delaySinceLastSenderReport) {}

    /// SDES: the name that ties the streams of one person together (RFC 3550 §6.5).
    record SourceDescription(List<Chunk> chunks) implements Rtcp {
        /// Checks and takes a copy.
        ///
        /// @throws IllegalArgumentException past [#MAX_COUNT]
        public SourceDescription {
            chunks = atMost(MAX_COUNT, chunks);
        }

        /// The canonical name of one stream; other items are not kept.
        ///
        /// @param cname at most 255 bytes of UTF-8; empty if there is none
        public record Chunk(long ssrc, String cname) {}
    }

    /// BYE: these streams have ended (RFC 3550 §6.6); the reason is not kept.
    record Bye(List<Long> ssrcs) implements Rtcp {
        /// Checks and takes a copy.
        ///
        /// @throws IllegalArgumentException past [#MAX_COUNT]
        public Bye {
            ssrcs = atMost(MAX_COUNT, ssrcs);
        }
    }

    /// Generic NACK: send these again (RFC 4585 §6.2.1).
    record Nack(long senderSsrc, long mediaSsrc, List<Item> items) implements Rtcp {
        /// Takes a copy.
        public Nack {
            items = List.copyOf(items);
        }

        /// One lost packet and which of the 16 after it.
        ///
        /// @param seq the first
        /// @param following bit n: `seq + n + 1` is lost too
        public record Item(int seq, int following) {}

        /// Every sequence number that is asked for.
        public void forEachLost(IntConsumer sink) {
            for (var item : items) {
                sink.accept(item.seq);
                for (int n = 0; n < 16; n++) {
                    if ((item.following >>> n & 1) != 0) {
                        sink.accept((item.seq + n + 1) & 0xFFFF);
                    }
                }
            }
        }
    }

    /// PLI: the picture is lost, send a key frame (RFC 4585 §6.3.1).
    record Pli(long senderSsrc, long mediaSsrc) implements Rtcp {}

    /// FIR: send a key frame, for these streams (RFC 5104 §4.3.1).
    record Fir(long senderSsrc, List<Entry> entries) implements Rtcp {
        /// Takes a copy.
        public Fir {
            entries = List.copyOf(entries);
        }

        /// One wish.
        ///
        /// @param commandSeq 0 to 255; a repetition of the same wish has the same number
        public record Entry(long ssrc, int commandSeq) {}
    }

    /// REMB: the receiver's guess of what the way bears (draft-alvestrand-rmcat-remb-03).
    record Remb(long senderSsrc, long bitrateBps, List<Long> ssrcs) implements Rtcp {
        private static final int MAX_SSRCS = 255;

        /// Checks and takes a copy.
        ///
        /// @throws IllegalArgumentException past 255 streams, or for a negative bitrate
        public Remb {
            ssrcs = atMost(MAX_SSRCS, ssrcs);
            if (bitrateBps < 0) {
                throw new IllegalArgumentException("bitrate " + bitrateBps);
            }
        }
    }

    /// XR: round-trip time for who only receives (RFC 3611); other blocks are not kept.
    record ExtendedReport(long ssrc, List<Block> blocks) implements Rtcp {
        /// Takes a copy.
        public ExtendedReport {
            blocks = List.copyOf(blocks);
        }

        /// One block.
        public sealed interface Block {}

        /// RRTR: the receiver's time (§4.4).
        public record ReceiverReferenceTime(long ntpTime) implements Block {}

        /// DLRR: the answers to it (§4.5).
        public record DelaySinceLast(List<Answer> answers) implements Block {
            /// Takes a copy.
            public DelaySinceLast {
                answers = List.copyOf(answers);
            }
        }

        /// One answer.
        ///
        /// @param ssrc whose RRTR is answered
        /// @param lastReference middle 32 bits of its NTP time
        /// @param delay since it came, in 1/65,536 s
        public record Answer(long ssrc, long lastReference, long delay) {}
    }

    /// Transport-cc feedback: when each packet of a transport arrived.
    record Arrivals(long senderSsrc, long mediaSsrc, TransportFeedback feedback) implements Rtcp {}

    private static <T> List<T> atMost(int count, List<T> list) {
        if (list.size() > count) {
            throw new IllegalArgumentException(list.size() + " entries, at most " + count);
        }
        return List.copyOf(list);
    }
}
