// SPDX-License-Identifier: Apache-2.0
/// Owner: meeting loop. Brings meetings to life, one virtual thread each, and keeps what they say.
///
/// Nothing leaves a [noom.server.meetings.MeetingLoop] before the journal has every event it may
/// speak of. [noom.server.meetings.MeetingDirectory] is the door for everybody else.
package noom.server.meetings;
