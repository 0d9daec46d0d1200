// SPDX-License-Identifier: Apache-2.0
/** The resume secret of a meeting, kept per tab: it shows that a later page is the same person. */
const key = (meetingId: string) => `noom.resume.${meetingId}`;

export function savedSecret(meetingId: string): string | null {
  try {
    return sessionStorage.getItem(key(meetingId));
  } catch {
    return null;
  }
}

export function saveSecret(meetingId: string, secret: string): void {
  try {
    sessionStorage.setItem(key(meetingId), secret);
  } catch {
    // Without storage a reload makes a new person; the meeting itself works.
  }
}
