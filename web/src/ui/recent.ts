// SPDX-License-Identifier: Apache-2.0
import { signal } from '@preact/signals';

/** Meetings this browser has been in, newest first; kept here only. */
export interface RecentMeeting {
  readonly id: string;
  readonly title: string;
  readonly atMillis: number;
}

const key = 'noom.recent';
const most = 6;

export function parseRecent(json: string | null): readonly RecentMeeting[] {
  let saved: unknown;
  try {
    saved = JSON.parse(json ?? '[]');
  } catch {
    return [];
  }
  return Array.isArray(saved) ? saved.filter(isRecent).slice(0, most) : [];
}

function isRecent(value: unknown): value is RecentMeeting {
  const { id, title, atMillis } = (value ?? {}) as Partial<RecentMeeting>;
  return typeof id === 'string' && typeof title === 'string' && typeof atMillis === 'number';
}

function load(): readonly RecentMeeting[] {
  try {
    return parseRecent(localStorage.getItem(key));
  } catch {
    return [];
  }
}

export const recentMeetings = signal(load());

export function rememberMeeting(meeting: RecentMeeting): void {
  save([meeting, ...recentMeetings.peek().filter(({ id }) => id !== meeting.id)].slice(0, most));
}

export function forgetMeeting(id: string): void {
  save(recentMeetings.peek().filter((meeting) => meeting.id !== id));
}

function save(meetings: readonly RecentMeeting[]): void {
  recentMeetings.value = meetings;
  try {
    localStorage.setItem(key, JSON.stringify(meetings));
  } catch {
    // Then they are forgotten with the page.
  }
}
