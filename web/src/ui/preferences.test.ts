// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { defaults, parsePreferences } from './preferences';

describe('parsePreferences', () => {
  it('takes over what fits and nothing else', () => {
    const json = JSON.stringify({
      name: 'Ana',
      theme: 'dark',
      locale: 'fr',
      cameraOn: 'no',
      evil: 1,
    });
    expect(parsePreferences(json)).toEqual({ ...defaults, name: 'Ana', theme: 'dark' });
  });

  it.each([null, '', '[', '7', 'null', '"x"'])('stands %s', (json) => {
    expect(parsePreferences(json)).toEqual(defaults);
  });
});
