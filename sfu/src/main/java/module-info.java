// SPDX-License-Identifier: Apache-2.0
/// A selective forwarding unit: it decides which packets of whom go to whom, and rewrites their
/// numbers. Packets and time come in as arguments; only `udp` knows sockets and threads.
@org.jspecify.annotations.NullMarked
module noom.sfu {
    requires static transitive org.jspecify;
    requires transitive noom.rtc;
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.unix.common;

    exports noom.sfu;
    exports noom.sfu.audio;
    exports noom.sfu.forward;
    exports noom.sfu.ortc;
    exports noom.sfu.repair;
    exports noom.sfu.udp;
    exports noom.sfu.worker;
}
