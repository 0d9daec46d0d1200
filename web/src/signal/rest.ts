// SPDX-License-Identifier: Apache-2.0
import type {
  CreateMeeting,
  LeaveMeeting,
  MeetingInfo,
  MeetingPreview,
  RefusalCode,
} from '../protocol/messages';

/** What a REST route answered: its value, a refusal, or nothing at all. */
export type Reply<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'unreachable' };

export function createMeeting(request: CreateMeeting): Promise<Reply<MeetingInfo>> {
  return ask<MeetingInfo>('/api/meetings', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}

export function previewMeeting(id: string, until: AbortSignal): Promise<Reply<MeetingPreview>> {
  return ask<MeetingPreview>(`/api/meetings/${encodeURIComponent(id)}`, { signal: until });
}

/** Only meetings that their maker chose to list have a name that leads to them. */
export function meetingNamed(title: string): Promise<Reply<MeetingPreview>> {
  return ask<MeetingPreview>(`/api/meetings/named/${encodeURIComponent(title)}`, {});
}

/** Says goodbye while the page goes away; nothing can be awaited any more. */
export function leaveByBeacon(meetingId: string, resumeSecret: string): void {
  navigator.sendBeacon(leaveUrl(meetingId), leaveBody(resumeSecret));
}

/** Says goodbye for a page that is not seated; a server that is away is not waited for. */
export async function leaveBySecret(meetingId: string, resumeSecret: string): Promise<void> {
  const body = leaveBody(resumeSecret);
  await fetch(leaveUrl(meetingId), { method: 'POST', body, keepalive: true }).catch(
    () => undefined,
  );
}

function leaveUrl(meetingId: string): string {
  return `/api/meetings/${encodeURIComponent(meetingId)}/leave`;
}

function leaveBody(resumeSecret: string): Blob {
  const body: LeaveMeeting = { resumeSecret };
  return new Blob([JSON.stringify(body)], { type: 'application/json' });
}

async function ask<T extends object>(url: string, init: RequestInit): Promise<Reply<T>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, init);
    body = await response.json();
  } catch {
    return { kind: 'unreachable' };
  }
  if (typeof body !== 'object' || body === null) return { kind: 'unreachable' };
  if (response.ok) return { kind: 'ok', value: body as T };
  const { code } = body as { code?: RefusalCode };
  if (code !== undefined) return { kind: 'refused', code };
  return response.status === 404
    ? { kind: 'refused', code: 'unknown-meeting' }
    : { kind: 'unreachable' };
}
