// SPDX-License-Identifier: Apache-2.0
package noom.socketio;

import com.tngtech.archunit.core.domain.JavaClasses;
import noom.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MAIN = HouseRules.mainClasses();

    @Test
    void the_module_obeys_the_house() {
        HouseRules.checkModule(MAIN, "noom.socketio");
    }

    @Test
    void the_core_has_no_socket_no_thread_and_no_clock() {
        HouseRules.checkSansIo(MAIN, "noom.socketio..");
    }

    @Test
    void the_engine_and_the_protocol_have_a_single_owner() {
        HouseRules.checkSingleOwner(MAIN, "noom.socketio.engine..", "Admission");
        HouseRules.checkSingleOwner(MAIN, "noom.socketio.protocol..");
        HouseRules.checkSingleOwner(MAIN, "noom.socketio.msgpack..");
        HouseRules.checkSingleOwner(
                MAIN,
                "noom.socketio.adapter..",
                "Rooms",
                "ClusterAdapter",
                "ClusterRequests",
                "ClusterRequest",
                "RecoveryStore",
                "InMemoryAdapter");
    }

    @Test
    void the_admin_ui_shares_sums_sessions_and_little_else() {
        HouseRules.checkSingleOwner(
                MAIN,
                "noom.socketio.admin..",
                "AdminUi",
                "DataWatch",
                "RememberedSessions",
                "RollCall",
                "Traffic");
    }

    @Test
    void what_applications_hold_is_shared_and_nothing_else_is() {
        HouseRules.checkSingleOwner(
                MAIN,
                "noom.socketio",
                "SocketIoServer",
                "Namespace",
                "Socket",
                "EventArguments",
                "ServerSideEvent",
                "ParentNamespace",
                "Listeners",
                "Unconnected",
                "PendingAcks",
                "Membership");
    }
}
