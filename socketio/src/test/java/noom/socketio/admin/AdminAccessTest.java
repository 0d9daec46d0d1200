// SPDX-License-Identifier: Apache-2.0
package noom.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import noom.socketio.ScriptedClient;
import noom.socketio.SocketIoConfig;
import noom.socketio.SocketIoServer;
import noom.socketio.adapter.RecoverySettings;
import noom.socketio.engine.AdmissionLimits;
import noom.socketio.engine.HandshakeRate;
import noom.socketio.engine.VirtualLoop;
import org.junit.jupiter.api.Test;

class AdminAccessTest {
    private static final String INVALID = "4/admin,{\"message\":\"invalid credentials\"}";
    private static final String RIGHT = "{\"username\":\"root\",\"password\":\"open\"}";
    private static final String WRONG = "{\"username\":\"root\",\"password\":\"x\"}";

    private final VirtualLoop loop = new VirtualLoop();
    private SocketIoServer io = new SocketIoServer();
    private int checks;

    private boolean check(String password) {
        checks++;
        if (password.equals("broken")) {
            throw new IllegalStateException("the check is broken");
        }
        return password.equals("open");
    }

    private AdminAccess.Password access() {
        return AdminAccess.password("root", this::check);
    }

    private void attach(AdminAccess.Password access) {
        AdminUi.attach(io, AdminSettings.protectedBy(access), new VirtualAdminHost(loop));
    }

    private AdminPage page(String auth) {
        return new AdminPage(io, loop, auth);
    }

    @Test
    void who_knows_name_and_password_is_in_and_gets_a_session() {
        attach(access());

        var page = page(RIGHT);

        assertThat(page.isIn()).isTrue();
        assertThat(page.takeOne("session")).containsExactly("session0");
        var again = page("{\"sessionId\":\"session0\"}");
        assertThat(again.isIn()).isTrue();
        assertThat(again.takeNames()).contains("config").doesNotContain("session");
        assertThat(checks).isEqualTo(1);
    }

    @Test
    void everybody_else_is_refused_in_the_words_that_the_page_knows() {
        attach(access());

        for (var auth :
                new String[] {
                    "",
                    "{}",
                    WRONG,
                    "{\"username\":\"toor\",\"password\":\"open\"}",
                    "{\"username\":\"root\"}",
                    "{\"password\":\"open\"}",
                    "{\"username\":\"root\",\"password\":\"broken\"}",
                    "{\"username\":\"root\",\"password\":null}",
                    "{\"username\":[\"root\"],\"password\":{\"a\":\"open\"}}",
                    "{\"username\":\"root\",\"password\":\"" + "o".repeat(1_025) + "\"}",
                    "{\"sessionId\":\"session0\"}",
                    "{\"sessionId\":\"" + "s".repeat(257) + "\"}",
                    "{\"sessionId\":\"\"}",
                    "{\"sessionId\":7}",
                    "{\"sessionId\":\"x\",\"username\":\"root\",\"password\":\"open\"}"
                }) {
            assertThat(page(auth).refusal()).as(auth).isEqualTo(INVALID);
        }
    }

    @Test
    void who_is_not_in_sees_nothing_and_does_nothing() {
        attach(access());
        var outsider = page(WRONG);
        var client = ScriptedClient.connected(io, loop);

        client.send("2[\"secret\"]");
        loop.advance(Duration.ofSeconds(3));
        assertThat(outsider.take()).isEmpty();
        outsider.send("\"_disconnect\",\"/\",true");

        assertThat(client.isOpen()).isTrue();
        assertThat(outsider.client.isOpen()).isFalse();
    }

    @Test
    void a_wrong_name_costs_as_much_as_a_wrong_password() {
        attach(access());

        page("{\"username\":\"nobody\",\"password\":\"open\"}");

        assertThat(checks).isEqualTo(1);
    }

    @Test
    void who_tries_too_often_must_wait_even_with_the_right_password() {
        attach(access());
        for (int i = 0; i < 10; i++) {
            assertThat(page(WRONG).refusal()).isEqualTo(INVALID);
        }

        assertThat(page(RIGHT).refusal()).isEqualTo("4/admin,{\"message\":\"too many attempts\"}");
        assertThat(checks).isEqualTo(10);

        loop.advance(Duration.ofSeconds(10));
        assertThat(page(RIGHT).isIn()).isTrue();
    }

    @Test
    void a_session_is_good_while_passwords_must_wait() {
        attach(access());
        page(RIGHT);
        for (int i = 0; i < 20; i++) {
            page(WRONG);
        }

        assertThat(page("{\"sessionId\":\"session0\"}").isIn()).isTrue();
    }

    @Test
    void the_rate_of_all_sources_is_a_setting() {
        var one = new HandshakeRate(0.01, 1);
        attach(access().withAttempts(new AdmissionLimits(1, 1, one, HandshakeRate.UNLIMITED)));

        assertThat(page(RIGHT).isIn()).isTrue();
        assertThat(page(RIGHT).isIn()).isFalse();
    }

    @Test
    void a_session_ends_after_its_lifetime() {
        attach(access().withSessions(AdminSessions.inMemory(Duration.ofMinutes(5), 10)));
        page(RIGHT);

        loop.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(page("{\"sessionId\":\"session0\"}").isIn()).isTrue();
        loop.advance(Duration.ofNanos(1));

        assertThat(page("{\"sessionId\":\"session0\"}").refusal()).isEqualTo(INVALID);
    }

    @Test
    void a_store_that_fails_lets_nobody_in() {
        attach(
                access().withSessions(
                                new AdminSessions() {
                                    @Override
                                    public CompletionStage<Boolean> isKnown(
                                            String sessionId, long nowNanos) {
                                        return CompletableFuture.failedFuture(
                                                new IllegalStateException("away"));
                                    }

                                    @Override
                                    public void keep(String sessionId, long nowNanos) {}
                                }));

        assertThat(page("{\"sessionId\":\"session0\"}").refusal()).isEqualTo(INVALID);
    }

    @Test
    void a_page_whose_connection_is_recovered_must_still_have_a_session() {
        var config = SocketIoConfig.defaults().with(RecoverySettings.ON);
        io = new SocketIoServer(config);
        var sessions = AdminSessions.inMemory(Duration.ofSeconds(30), 10);
        attach(access().withSessions(sessions));
        page(RIGHT);
        var page = page("{\"sessionId\":\"session0\"}");
        var pid = page.refusal().replaceAll(".*\"pid\":\"([^\"]*)\".*", "$1");
        ScriptedClient.connected(io, loop);
        loop.settle();
        var offset = offset(page);
        page.client.hangUp();
        loop.advance(Duration.ofSeconds(40));

        var back = new ScriptedClient(io, loop);
        back.send(
                "0/admin,{\"sessionId\":\"session0\",\"pid\":\"%s\",\"offset\":\"%s\"}"
                        .formatted(pid, offset));

        assertThat(back.take()).contains("1/admin,");
        assertThat(back.isOpen()).isFalse();
    }

    private static Object offset(AdminPage page) {
        return page.take().getLast().getLast();
    }

    @Test
    void without_a_password_only_who_chose_it_by_name() {
        AdminUi.attach(io, AdminSettings.openToEverybody(), new VirtualAdminHost(loop));

        assertThat(page("").isIn()).isTrue();
        assertThat(page(WRONG).takeNames()).doesNotContain("session");
    }
}
