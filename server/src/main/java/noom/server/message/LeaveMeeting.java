// SPDX-License-Identifier: Apache-2.0
package noom.server.message;

/// Body of `POST /api/meetings/{id}/leave`, the beacon of a page that goes away.
public record LeaveMeeting(String resumeSecret) {}
