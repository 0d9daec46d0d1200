// SPDX-License-Identifier: Apache-2.0
/// What tests share: rules of the house, a seeded property runner, virtual time.
@org.jspecify.annotations.NullMarked
module noom.testkit {
    requires static transitive org.jspecify;
    requires jdk.management;
    requires transitive com.tngtech.archunit;

    exports noom.testkit;
}
