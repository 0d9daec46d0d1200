// SPDX-License-Identifier: Apache-2.0
import type { Problem, ProblemKind, Source } from '../media/problem';
import type { TextKey } from '../texts/t';

/** What to say about a device problem, and what to offer. */
export interface Explanation {
  readonly text: TextKey;
  /** Whether a step-by-step help exists. */
  readonly help: 'browser' | 'system' | null;
  readonly retry: boolean;
}

type Texts = Partial<Record<Source, TextKey>>;

const texts: Readonly<Record<ProblemKind, Texts>> = {
  'blocked-by-site': { camera: 'problem.camera-blocked', microphone: 'problem.microphone-blocked' },
  'prompt-dismissed': { camera: 'problem.camera-asked', microphone: 'problem.microphone-asked' },
  'blocked-by-system': {
    camera: 'problem.camera-system',
    microphone: 'problem.microphone-system',
    screen: 'problem.screen-system',
  },
  'not-found': { camera: 'problem.camera-missing', microphone: 'problem.microphone-missing' },
  'in-use': { camera: 'problem.camera-in-use', microphone: 'problem.microphone-in-use' },
  insecure: {
    camera: 'problem.insecure',
    microphone: 'problem.insecure',
    screen: 'problem.insecure',
  },
  'old-browser': {
    camera: 'problem.old-browser',
    microphone: 'problem.old-browser',
    screen: 'problem.screen-unsupported',
  },
  cancelled: {},
  unknown: {
    camera: 'problem.camera-unknown',
    microphone: 'problem.microphone-unknown',
    screen: 'problem.screen-unknown',
  },
};

const withRetry: ReadonlySet<ProblemKind> = new Set<ProblemKind>([
  'blocked-by-site',
  'prompt-dismissed',
  'blocked-by-system',
  'in-use',
  'unknown',
]);

/** Null when there is nothing to say: the person cancelled. */
export function explainProblem(problem: Problem): Explanation | null {
  const text = texts[problem.kind][problem.source];
  if (!text) return null;
  const help =
    problem.kind === 'blocked-by-site'
      ? 'browser'
      : problem.kind === 'blocked-by-system'
        ? 'system'
        : null;
  return { text, help, retry: withRetry.has(problem.kind) };
}
