// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { ProblemKind } from '../media/problem';
import { explainProblem } from './explain';

const kinds: ProblemKind[] = [
  'blocked-by-site',
  'prompt-dismissed',
  'blocked-by-system',
  'not-found',
  'in-use',
  'insecure',
  'old-browser',
  'unknown',
];

describe('explainProblem', () => {
  it.each(kinds.flatMap((kind) => [['camera', kind] as const, ['microphone', kind] as const]))(
    'has a sentence for %s %s',
    (source, kind) => {
      expect(explainProblem({ source, kind })?.text).toMatch(/^problem\./);
    },
  );

  it('offers help where something has to be set elsewhere', () => {
    expect(explainProblem({ source: 'camera', kind: 'blocked-by-site' })).toMatchObject({
      help: 'browser',
      retry: true,
    });
    expect(explainProblem({ source: 'screen', kind: 'blocked-by-system' })?.help).toBe('system');
    expect(explainProblem({ source: 'camera', kind: 'not-found' })).toMatchObject({
      help: null,
      retry: false,
    });
  });

  it('is silent about a cancelled share', () => {
    expect(explainProblem({ source: 'screen', kind: 'cancelled' })).toBeNull();
  });
});
