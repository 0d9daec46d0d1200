// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import java.util.function.Consumer;
import noom.meeting.MeetingId;
import noom.server.media.MediaAudience;
import noom.server.media.MediaBridge;
import noom.server.media.MediaBridge.Asker;
import noom.server.message.Answer;
import noom.server.message.SignalContract;
import noom.server.message.SignalContract.FromPage;
import noom.server.message.SignalContract.FromServer;
import noom.server.signal.PageSession.Pace;

/// What seated people want of the media router, and what it tells them.
final class MediaHandlers {
    private final MediaBridge media;

    MediaHandlers(MediaBridge media) {
        this.media = media;
    }

    /// A request that the bridge answers.
    private interface Asking<T> {
        void ask(Asker asker, T request, Consumer<Answer> reply);
    }

    void mount(PageSession page) {
        on(
                page,
                SignalContract.MEDIA_CAPABILITIES,
                (_, _, reply) -> reply.accept(media.capabilities()));
        on(page, SignalContract.OPEN_TRANSPORT, media::open);
        on(page, SignalContract.CONNECT_TRANSPORT, media::connect);
        on(page, SignalContract.RESTART_ICE, media::restartIce);
        on(page, SignalContract.CLOSE_TRANSPORT, media::close);
        on(page, SignalContract.PRODUCE, media::produce);
        on(page, SignalContract.CLOSE_PRODUCER, media::closeProducer);
        on(page, SignalContract.WATCH, media::watch);
        on(page, SignalContract.MEDIA_STATE, (asker, _, reply) -> media.state(asker, reply));
    }

    private static <T> void on(PageSession page, FromPage<T> contract, Asking<T> asking) {
        page.onSeated(
                contract,
                Pace.SIGNALLING,
                (seat, request, event) ->
                        asking.ask(
                                new Asker(seat.meeting(), seat.personId()),
                                request,
                                answer -> PageSession.answer(event, answer)));
    }

    /// Finds the pages of people by who is inside.
    static MediaAudience audience(SignalServer pages) {
        return new ToPages(pages);
    }

    private record ToPages(SignalServer pages) implements MediaAudience {
        @Override
        public <T> void tell(
                MeetingId meeting, String personId, FromServer<T> contract, T message) {
            pages.meetings().people(meeting).stream()
                    .filter(person -> person.id().equals(personId))
                    .findFirst()
                    .flatMap(person -> person.link())
                    .flatMap(pages::page)
                    .ifPresent(page -> page.send(contract, message));
        }

        @Override
        public <T> void tellAll(MeetingId meeting, FromServer<T> contract, T message) {
            pages.broadcast(meeting, contract, message);
        }
    }
}
