// SPDX-License-Identifier: Apache-2.0
package noom.sfu;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    /// All but what touches sockets, and the door between the worker and its port.
    private static JavaClasses sansIo() {
        return HouseRules.mainClasses()
                .that(not(resideInAPackage("noom.sfu.udp..")))
                .that(not(HasName.Predicates.name("noom.sfu.worker.Sfu")));
    }

    @Test
    void the_module_obeys_the_rules_of_the_house() {
        HouseRules.checkModule(HouseRules.mainClasses(), "noom.sfu");
    }

    @Test
    void time_and_randomness_are_arguments_but_in_the_udp_package() {
        HouseRules.checkSansIo(sansIo(), "noom.sfu..");
    }

    @Test
    void every_object_has_one_owner() {
        HouseRules.checkSingleOwner(
                HouseRules.mainClasses(), "noom.sfu..", "WorkerMailbox", "TransportDirectory");
    }
}
