// SPDX-License-Identifier: Apache-2.0
package noom.server.signal;

import noom.meeting.MeetingResult;
import noom.meeting.MeetingResult.Reason;
import noom.server.meetings.Reply;
import noom.server.message.Answer;
import noom.server.message.Answer.ChatAccepted;
import noom.server.message.RefusalCode;
import noom.socketio.EventArguments;

/// Turns a meeting's result into the ack of a request.
record AckReply(EventArguments event) implements Reply {
    @Override
    public void onResult(MeetingResult result, View view) {
        switch (result) {
            case MeetingResult.Done _, MeetingResult.Admitted _ ->
                    PageSession.answer(event, new Answer.Done());
            case MeetingResult.Written(long seq, long atMillis) ->
                    PageSession.answer(event, new ChatAccepted(seq, atMillis));
            case MeetingResult.Refused(Reason reason) ->
                    PageSession.refuse(event, code(reason), sentence(reason));
        }
    }

    @Override
    public void onNotKept() {
        PageSession.refuse(event, RefusalCode.NOT_SAVED, "the journal fails; send it again");
    }

    private static RefusalCode code(Reason reason) {
        return switch (reason) {
            case FULL -> RefusalCode.MEETING_FULL;
            case NOT_INSIDE -> RefusalCode.NOT_IN_MEETING;
            case BAD_NAME -> RefusalCode.BAD_NAME;
            case BAD_TEXT -> RefusalCode.BAD_TEXT;
            case BAD_MESSAGE_ID -> RefusalCode.BAD_REQUEST;
        };
    }

    private static String sentence(Reason reason) {
        return switch (reason) {
            case FULL -> "all seats are taken";
            case NOT_INSIDE -> "you are not in this meeting any more";
            case BAD_NAME -> "a name has 1 to 40 visible characters";
            case BAD_TEXT -> "a text has 1 to 8192 bytes";
            case BAD_MESSAGE_ID -> "a message id has 1 to 64 characters";
        };
    }
}
