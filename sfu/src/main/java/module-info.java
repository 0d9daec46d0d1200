// SPDX-License-Identifier: Apache-2.0
/// A selective forwarding unit without sockets, threads or clocks: it decides which packets of
/// whom go to whom, and rewrites their numbers. Packets and time come in as arguments.
@org.jspecify.annotations.NullMarked
module noom.sfu {
    requires static transitive org.jspecify;
    requires transitive noom.rtc;

    exports noom.sfu;
    exports noom.sfu.audio;
    exports noom.sfu.forward;
    exports noom.sfu.ortc;
    exports noom.sfu.repair;
}
