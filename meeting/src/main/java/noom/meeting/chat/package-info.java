// SPDX-License-Identifier: Apache-2.0
/// Owner: meeting loop. What may be written, and that it is written once.
package noom.meeting.chat;
