// SPDX-License-Identifier: Apache-2.0
package noom.rtc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String DTLS = "noom.rtc.dtls";

    /// Those that ARCHITECTURE.md lists.
    private static final String[] SHARED = {"StunStats", "HandshakeAdmission", "DatagramInbox"};

    @Test
    void the_module_obeys_the_rules_of_the_house() {
        HouseRules.checkModule(HouseRules.mainClasses(), "noom.rtc");
    }

    @Test
    void time_and_randomness_are_arguments() {
        var sansIo = HouseRules.mainClasses().that(resideOutsideOfPackage(DTLS));
        HouseRules.checkSansIo(sansIo, "noom.rtc..");
    }

    /// A virtual thread waits there, because Bouncy Castle does (docs/adr/0010-dtls.md); and the
    /// endpoint itself is given its time.
    @Test
    void dtls_has_no_socket_no_lock_and_no_clock() {
        noClasses()
                .that()
                .resideInAPackage(DTLS)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.concurrent.locks..", "java.nio.channels..", "java.time.Clock")
                .check(HouseRules.mainClasses());
    }

    @Test
    void bouncy_castle_is_seen_by_dtls_alone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(DTLS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .because("it is too slow for packets (docs/adr/0010-dtls.md)")
                .check(HouseRules.mainClasses());
    }

    @Test
    void every_object_has_one_owner() {
        HouseRules.checkSingleOwner(HouseRules.mainClasses(), "noom.rtc..", SHARED);
    }
}
