// SPDX-License-Identifier: Apache-2.0
/// WebRTC protocols without sockets, threads or clocks: bytes and time come in as arguments.
@org.jspecify.annotations.NullMarked
module noom.rtc {
    requires static transitive org.jspecify;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;

    exports noom.rtc;
    exports noom.rtc.codec;
    exports noom.rtc.dtls;
    exports noom.rtc.ice;
    exports noom.rtc.rtcp;
    exports noom.rtc.rtp;
    exports noom.rtc.srtp;
    exports noom.rtc.stun;
}
