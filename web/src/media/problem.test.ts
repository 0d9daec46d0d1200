// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { classify, type ProblemContext, type ProblemKind } from './problem';

const camera: ProblemContext = {
  source: 'camera',
  secure: true,
  supported: true,
  permission: 'denied',
};
const screen: ProblemContext = { ...camera, source: 'screen', permission: null };
const failure = (name: string, message = '') => new DOMException(message, name);

describe('classify', () => {
  it.each<[string, DOMException, Partial<ProblemContext>, ProblemKind]>([
    ['site blocked', failure('NotAllowedError', 'Permission denied'), {}, 'blocked-by-site'],
    ['no permissions API', failure('NotAllowedError'), { permission: null }, 'blocked-by-site'],
    ['prompt closed', failure('NotAllowedError', 'Permission dismissed'), {}, 'prompt-dismissed'],
    ['still to ask', failure('NotAllowedError'), { permission: 'prompt' }, 'prompt-dismissed'],
    [
      'system blocked, Chromium',
      failure('NotAllowedError', 'Permission denied by system'),
      {},
      'blocked-by-system',
    ],
    [
      'system blocked, Safari',
      failure('NotAllowedError'),
      { permission: 'granted' },
      'blocked-by-system',
    ],
    ['nothing plugged in', failure('NotFoundError'), {}, 'not-found'],
    ['chosen device gone', failure('OverconstrainedError'), {}, 'not-found'],
    ['other app', failure('NotReadableError', 'Could not start video source'), {}, 'in-use'],
    ['aborted', failure('AbortError', 'Starting videoinput failed'), {}, 'in-use'],
    ['policy', failure('SecurityError'), {}, 'blocked-by-site'],
    ['plain http', failure('TypeError'), { supported: false, secure: false }, 'insecure'],
    ['old browser', failure('TypeError'), { supported: false }, 'old-browser'],
    ['anything else', failure('TypeError'), {}, 'unknown'],
  ])('camera, %s', (_, error, context, kind) => {
    expect(classify(error, { ...camera, ...context })).toEqual({ source: 'camera', kind });
  });

  it.each<[string, DOMException, ProblemKind]>([
    ['cancelled', failure('NotAllowedError', 'Permission denied by user'), 'cancelled'],
    ['no gesture', failure('InvalidStateError'), 'cancelled'],
    [
      'system blocked, Chromium on macOS',
      failure('NotAllowedError', 'Permission denied by system'),
      'blocked-by-system',
    ],
    ['system blocked, Firefox on macOS', failure('NotFoundError'), 'blocked-by-system'],
  ])('screen, %s', (_, error, kind) => {
    expect(classify(error, screen)).toEqual({ source: 'screen', kind });
  });

  it('takes anything thrown', () => {
    expect(classify('oops', camera).kind).toBe('unknown');
    expect(classify(null, camera).kind).toBe('unknown');
    expect(classify({ name: 7 }, camera).kind).toBe('unknown');
  });
});
