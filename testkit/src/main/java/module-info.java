// SPDX-License-Identifier: Apache-2.0
/// What tests share: rules of the house, a seeded property runner, virtual time, a network in
/// it, a look for races.
@org.jspecify.annotations.NullMarked
module noom.testkit {
    requires static transitive org.jspecify;
    requires jdk.management;
    requires transitive com.tngtech.archunit;
    requires lincheck;
    requires lincheck.common;
    requires org.junit.jupiter.api;

    exports noom.testkit;
    exports noom.testkit.net;
}
