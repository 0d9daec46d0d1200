// SPDX-License-Identifier: Apache-2.0
/** Why a device or a screen could not be had, in kinds that the page can explain. */

export type Source = 'microphone' | 'camera' | 'screen';

export type ProblemKind =
  | 'blocked-by-site'
  | 'prompt-dismissed'
  | 'blocked-by-system'
  | 'not-found'
  | 'in-use'
  | 'insecure'
  | 'old-browser'
  | 'cancelled'
  | 'unknown';

export interface Problem {
  readonly source: Source;
  readonly kind: ProblemKind;
}

export interface ProblemContext {
  readonly source: Source;
  /** `isSecureContext` of the page. */
  readonly secure: boolean;
  /** Whether `navigator.mediaDevices` has the function that was needed. */
  readonly supported: boolean;
  /** What the Permissions API says after the failure, where it knows. */
  readonly permission: PermissionState | null;
}

/** Names and messages as of Chromium 156, Firefox 153 and Safari 26. */
export function classify(error: unknown, context: ProblemContext): Problem {
  const { source } = context;
  if (!context.supported) {
    return { source, kind: context.secure ? 'old-browser' : 'insecure' };
  }
  const { name, message } = nameAndMessage(error);
  const kind = source === 'screen' ? ofScreen(name, message) : ofDevice(name, message, context);
  return { source, kind };
}

function ofDevice(name: string, message: string, context: ProblemContext): ProblemKind {
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return ofRefusal(message, context.permission);
    case 'SecurityError':
      return context.secure ? 'blocked-by-site' : 'insecure';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'not-found';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return /permission|system/i.test(message) && /denied/i.test(message)
        ? 'blocked-by-system'
        : 'in-use';
    default:
      return 'unknown';
  }
}

function ofRefusal(message: string, permission: PermissionState | null): ProblemKind {
  if (/by system/i.test(message)) return 'blocked-by-system';
  if (/dismissed/i.test(message)) return 'prompt-dismissed';
  if (permission === 'granted') return 'blocked-by-system';
  if (permission === 'prompt') return 'prompt-dismissed';
  return 'blocked-by-site';
}

function ofScreen(name: string, message: string): ProblemKind {
  switch (name) {
    case 'NotAllowedError':
      return /by system/i.test(message) ? 'blocked-by-system' : 'cancelled';
    case 'AbortError':
    case 'InvalidStateError':
      return 'cancelled';
    case 'NotFoundError':
      return 'blocked-by-system';
    case 'NotReadableError':
      return 'blocked-by-system';
    default:
      return 'unknown';
  }
}

function nameAndMessage(error: unknown): { name: string; message: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: '' };
  const { name, message } = error as { name?: unknown; message?: unknown };
  return {
    name: typeof name === 'string' ? name : '',
    message: typeof message === 'string' ? message : '',
  };
}
