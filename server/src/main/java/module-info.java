// SPDX-License-Identifier: Apache-2.0
/// The program: HTTP, signalling, journal, configuration. Nothing here is a library.
@org.jspecify.annotations.NullMarked
module noom.server {
    requires static transitive org.jspecify;
    requires java.sql;
    requires noom.meeting;
    requires org.xerial.sqlitejdbc;
    requires tools.jackson.databind;

    opens noom.server.signal.message to
            tools.jackson.databind;
}
