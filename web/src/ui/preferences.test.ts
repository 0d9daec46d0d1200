// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaults, followOtherTabs, parsePreferences, prefer, preferences } from './preferences';

describe('parsePreferences', () => {
  it('takes over what fits and nothing else', () => {
    const json = JSON.stringify({
      name: 'Ana',
      theme: 'dark',
      locale: 'fr',
      cameraOn: 'no',
      videoCodec: 'H266',
      evil: 1,
    });
    expect(parsePreferences(json)).toEqual({ ...defaults, name: 'Ana', theme: 'dark' });
  });

  it('takes over a codec that there is', () => {
    expect(parsePreferences('{"videoCodec":"AV1"}').videoCodec).toBe('AV1');
  });

  it.each([null, '', '[', '7', 'null', '"x"'])('stands %s', (json) => {
    expect(parsePreferences(json)).toEqual(defaults);
  });
});

describe('followOtherTabs', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    preferences.value = defaults;
  });

  function otherTab(): (key: string | null, newValue: string | null) => void {
    let hear: (event: { key: string | null; newValue: string | null }) => void = () => undefined;
    vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => (hear = listener));
    followOtherTabs();
    return (key, newValue) => hear({ key, newValue });
  }

  it('takes over the look and leaves devices and name as they are', () => {
    const writes = otherTab();
    prefer({ name: 'Ana', cameraOn: false });

    writes('noom.preferences', JSON.stringify({ theme: 'dark', locale: 'ko', name: 'Bo' }));

    expect(preferences.value).toEqual({
      ...defaults,
      name: 'Ana',
      cameraOn: false,
      theme: 'dark',
      locale: 'ko',
    });
  });

  it('passes over what is not about preferences', () => {
    const writes = otherTab();

    writes('noom.recent', JSON.stringify({ theme: 'dark' }));

    expect(preferences.value).toEqual(defaults);
  });
});
