// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import noom.meeting.MeetingId;
import noom.server.limits.TokenBucket;
import noom.server.message.Answer;
import noom.server.message.Answer.Refused;
import noom.server.message.MessageCodec;
import noom.server.message.MessageCodec.Malformed;
import noom.server.message.MessageCodec.Understood;
import noom.server.message.RefusalCode;
import noom.server.message.SignalContract.FromPage;
import noom.server.message.SignalContract.FromServer;
import noom.socketio.EventArguments;
import noom.socketio.Socket;

/// One page: its socket, its seat in a meeting, and how fast it may talk.
///
/// Handlers run one after the other on the socket's virtual thread, so the budgets have one owner.
/// The seat is also given and taken by meeting loops: it is one atomic value, and `Gone` is final,
/// so whoever seats a page that has just gone finds out and gives the seat back.
final class PageSession {
    private final Socket socket;
    private final AtomicReference<Place> place = new AtomicReference<>(new Standing());

    /// Where a page is.
    sealed interface Place {}

    private record Standing() implements Place {}

    /// Who this page is, and where.
    record Seat(MeetingId meeting, String personId) implements Place {}

    private record Gone() implements Place {}

    /// How fast one kind of request may come.
    enum Pace {
        /// Writing to people.
        CHAT(5, 20),
        /// Setting up a direct connection: many candidates at once.
        SIGNALLING(30, 200),
        /// All else.
        ORDINARY(10, 50);

        private final double perSecond;
        private final int burst;

        Pace(double perSecond, int burst) {
            this.perSecond = perSecond;
            this.burst = burst;
        }
    }

    /// Handles a request of a seated page.
    @FunctionalInterface
    interface SeatedHandler<T> {
        void handle(Seat seat, T request, EventArguments event);
    }

    /// Handles a request of any page.
    @FunctionalInterface
    interface Handler<T> {
        void handle(T request, EventArguments event);
    }

    PageSession(Socket socket) {
        this.socket = socket;
    }

    String link() {
        return socket.id();
    }

    Socket socket() {
        return socket;
    }

    Optional<Seat> seat() {
        return place.get() instanceof Seat seat ? Optional.of(seat) : Optional.empty();
    }

    /// Takes a seat; false if the page has gone meanwhile.
    boolean sit(Seat seat) {
        return !(place.getAndUpdate(now -> now instanceof Gone ? now : seat) instanceof Gone);
    }

    /// Gives the seat up, if it is this one.
    void stand(Seat seat) {
        place.updateAndGet(now -> now.equals(seat) ? new Standing() : now);
    }

    /// The page has gone for good; tells the seat it had.
    Optional<Seat> go() {
        return place.getAndSet(new Gone()) instanceof Seat seat
                ? Optional.of(seat)
                : Optional.empty();
    }

    <T> void on(FromPage<T> contract, Pace pace, Handler<T> handler) {
        var budget = new TokenBucket(pace.perSecond, pace.burst, System.nanoTime());
        socket.on(
                contract.name(),
                event -> {
                    if (!budget.tryTake(System.nanoTime())) {
                        refuse(event, RefusalCode.TOO_FAST, "try again in a second");
                        return;
                    }
                    switch (MessageCodec.readTree(event.get(0), contract.request())) {
                        case Understood<T>(T request) -> handler.handle(request, event);
                        case Malformed<T>(String reason) ->
                                refuse(event, RefusalCode.BAD_REQUEST, reason);
                    }
                });
    }

    <T> void onSeated(FromPage<T> contract, Pace pace, SeatedHandler<T> handler) {
        on(
                contract,
                pace,
                (request, event) ->
                        seat().ifPresentOrElse(
                                        seat -> handler.handle(seat, request, event),
                                        () ->
                                                refuse(
                                                        event,
                                                        RefusalCode.NOT_IN_MEETING,
                                                        "join first")));
    }

    <T> void send(FromServer<T> contract, T message) {
        socket.emit(contract.name(), MessageCodec.writeTree(message));
    }

    static void answer(EventArguments event, Answer answer) {
        event.ack(MessageCodec.writeTree(answer));
    }

    static void refuse(EventArguments event, RefusalCode code, String message) {
        answer(event, new Refused(code, message));
    }
}
