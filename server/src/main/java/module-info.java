// SPDX-License-Identifier: Apache-2.0
/// The program: HTTP, signalling, journal, configuration. Nothing here is a library.
@org.jspecify.annotations.NullMarked
module noom.server {
    requires static transitive org.jspecify;
    requires com.google.zxing;
    requires io.vertx.core;
    requires io.vertx.web;
    requires static java.net.http; // only the tests are an HTTP client
    requires java.sql;
    requires noom.meeting;
    requires noom.rtc;
    requires noom.sfu;
    requires noom.socketio;
    requires noom.socketio.vertx;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.databind;

    opens noom.server.message to
            tools.jackson.databind;
}
