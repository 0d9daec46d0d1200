// SPDX-License-Identifier: Apache-2.0
import { effect } from '@preact/signals';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeviceSlot, type SlotNews } from './DeviceSlot';
import { FakeBrowser } from './FakeBrowser.testkit';
import type { FakeTrack } from './FakeTrack.testkit';
import { defaultChoice, type DeviceChoice } from './constraints';

const device = (deviceId: string): DeviceChoice => ({ kind: 'device', deviceId });
const settled = async () => {
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
};

function setUp(keeps = false, overlaps = keeps) {
  const browser = new FakeBrowser();
  browser.keeps = keeps;
  browser.overlaps = overlaps;
  const news: SlotNews[] = [];
  const slot = new DeviceSlot(browser, defaultChoice, (item) => news.push(item));
  return { browser, slot, news };
}

async function turnedOn(keeps = false, overlaps = keeps) {
  const rig = setUp(keeps, overlaps);
  rig.slot.turn(true);
  const track = rig.browser.answer();
  await settled();
  if (!track) throw new Error('nothing was asked for');
  return { ...rig, track };
}

describe('a camera', () => {
  it('sends once it is open, and stops when turned off', async () => {
    const { slot, track } = await turnedOn();
    expect(slot.outgoing.value).toBe(track.asTrack);

    slot.turn(false);

    expect(slot.outgoing.value).toBeNull();
    expect(track.readyState).toBe('ended');
  });

  it('does not send when it opens only after it was turned off', async () => {
    const { slot, browser } = setUp();
    slot.turn(true);
    slot.turn(false);

    const track = browser.answer();
    await settled();

    expect(slot.outgoing.value).toBeNull();
    expect(track?.readyState).toBe('ended');
    expect(slot.state.value.status).toBe('off');
  });

  it('does not turn itself on when another one is chosen while off', async () => {
    const { slot, browser } = await turnedOn();
    slot.turn(false);

    slot.choose(device('b'));
    await settled();

    expect(browser.waiting).toHaveLength(0);
    expect(slot.outgoing.value).toBeNull();
    slot.turn(true);
    expect(browser.waiting[0]?.deviceId).toBe('b');
  });

  it('stops the old track on a change', async () => {
    const { slot, browser, track } = await turnedOn();
    slot.choose(device('b'));
    expect(track.readyState).toBe('ended');

    const next = browser.answer();
    await settled();

    expect(slot.outgoing.value).toBe(next?.asTrack);
    expect(browser.capturing).toHaveLength(1);
  });

  it('falls back to any device when the chosen one is gone', async () => {
    const { slot, browser } = setUp();
    slot.choose(device('gone'));
    slot.turn(true);
    browser.refuse('OverconstrainedError');
    await settled();

    expect(browser.waiting[0]?.deviceId).toBe('default');
  });

  it('says off again when the device refuses', async () => {
    const { slot, browser, news } = setUp();
    slot.turn(true);
    browser.refuse();
    await settled();

    expect(slot.state.value).toMatchObject({ wanted: false, status: 'failed' });
    expect(slot.state.value.problem).toEqual({ source: 'camera', kind: 'in-use' });
    expect(news).toHaveLength(1);
  });
});

describe('a microphone that is kept while off', () => {
  it('is silenced at once and comes back without asking', async () => {
    const { slot, browser, track } = await turnedOn(true);
    slot.turn(false);
    expect(track).toMatchObject({ enabled: false, readyState: 'live' });
    expect(slot.outgoing.value).toBeNull();

    slot.turn(true);

    expect(track.enabled).toBe(true);
    expect(slot.outgoing.value).toBe(track.asTrack);
    expect(browser.waiting).toHaveLength(0);
  });

  it('can be exchanged while off without being heard', async () => {
    const { slot, browser, track } = await turnedOn(true);
    slot.turn(false);
    slot.choose(device('b'));
    const next = browser.answer();
    await settled();

    expect(track.readyState).toBe('ended');
    expect(next).toMatchObject({ enabled: false, readyState: 'live' });
    expect(slot.outgoing.value).toBeNull();
  });

  it('stays with the working device when the chosen one refuses', async () => {
    const { slot, browser, track } = await turnedOn(true);
    slot.choose(device('b'));
    browser.refuse();
    await settled();

    expect(slot.outgoing.value).toBe(track.asTrack);
    expect(slot.state.value.choice).toEqual(device('default'));
  });

  it('goes on with the default when unplugged', async () => {
    const { slot, browser, track, news } = await turnedOn(true);
    track.unplug();
    expect(slot.outgoing.value).toBeNull();
    browser.answer();
    await settled();

    expect(news).toEqual([{ kind: 'replaced', before: 'video default', now: 'video default' }]);
    expect(slot.state.value.status).toBe('live');
  });

  it('stays muted when unplugged while muted', async () => {
    const { slot, browser, track, news } = await turnedOn(true);
    slot.turn(false);
    track.unplug();
    await settled();

    expect(browser.waiting).toHaveLength(0);
    expect(slot.state.value.wanted).toBe(false);
    expect(news).toEqual([{ kind: 'lost', before: 'video default' }]);
  });

  it('knows when the system took it', async () => {
    const { slot, track } = await turnedOn(true);
    track.dispatchEvent(new Event('mute'));
    expect(slot.state.value.taken).toBe(true);
    track.dispatchEvent(new Event('unmute'));
    expect(slot.state.value.taken).toBe(false);
  });
});

type Step =
  | { do: 'turn'; on: boolean }
  | { do: 'choose'; id: string }
  | { do: 'flip'; facing: 'user' | 'environment' }
  | { do: 'answer' | 'refuse' | 'unplug' | 'reconnect' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.boolean().map((on): Step => ({ do: 'turn', on })),
  fc.constantFrom('a', 'b', 'c').map((id): Step => ({ do: 'choose', id })),
  fc.constantFrom('user' as const, 'environment' as const).map((facing): Step => ({
    do: 'flip',
    facing,
  })),
  fc.constantFrom<Step>({ do: 'answer' }, { do: 'refuse' }, { do: 'unplug' }, { do: 'reconnect' }),
);

describe('whatever happens', () => {
  it('nothing leaves while the button says off, and nothing stays captured', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.boolean(), fc.array(steps, { maxLength: 40 }), run),
      { numRuns: 400 },
    );
  });

  async function run(keeps: boolean, overlaps: boolean, script: Step[]): Promise<void> {
    const { browser, slot } = setUp(keeps, overlaps);
    const sender: { track: MediaStreamTrack | null } = { track: null };
    const stop = effect(() => {
      sender.track = slot.outgoing.value;
    });
    const check = () => {
      const sent = sender.track as unknown as FakeTrack | null;
      if (!slot.state.value.wanted) expect(sent).toBeNull();
      if (sent) expect(sent).toMatchObject({ enabled: true, readyState: 'live' });
      for (const track of browser.capturing) {
        if (track !== sent && track.asTrack === slot.captured.value) {
          expect(track.enabled).toBe(false);
        }
      }
    };
    for (const step of script) {
      play(step, browser, slot, sender);
      check();
      await settled();
      check();
      expect(browser.capturing.length).toBeLessThanOrEqual(1);
    }
    slot.close();
    while (browser.waiting.length > 0) browser.answer();
    await settled();
    check();
    expect(browser.capturing).toHaveLength(0);
    stop();
  }

  function play(
    step: Step,
    browser: FakeBrowser,
    slot: DeviceSlot,
    sender: { track: MediaStreamTrack | null },
  ): void {
    switch (step.do) {
      case 'turn':
        slot.turn(step.on);
        return;
      case 'choose':
        slot.choose(device(step.id));
        return;
      case 'flip':
        slot.choose({ kind: 'facing', facing: step.facing });
        return;
      case 'answer':
        browser.answer();
        return;
      case 'refuse':
        browser.refuse();
        return;
      case 'unplug':
        browser.capturing[0]?.unplug();
        return;
      case 'reconnect':
        // A fresh connection asks what may be sent.
        sender.track = slot.outgoing.value;
    }
  }
});
