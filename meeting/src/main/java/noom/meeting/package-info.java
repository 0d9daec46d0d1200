// SPDX-License-Identifier: Apache-2.0
/// Owner: meeting loop. Commands in, numbered events out; time is an argument.
///
/// [noom.meeting.Meeting] is the aggregate. It is rebuilt from its events alone, so whatever must
/// outlive the process is an event; links and device states are not, because they are true only
/// while a connection stands.
package noom.meeting;
