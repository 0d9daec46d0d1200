// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import {
  cameraPlan,
  codecWishes,
  layersOf,
  planOf,
  samePlan,
  type Sender,
  startKilobits,
} from './encodings';
import { FakeTrack } from './FakeTrack.testkit';

const chromium: Sender = { browser: 'chromium', videoCodecs: ['VP8', 'VP9', 'H264', 'AV1'] };
const firefox: Sender = { ...chromium, browser: 'firefox' };
const safari: Sender = { ...chromium, browser: 'safari' };

describe('a camera', () => {
  it.each([
    [1080, 3],
    [720, 3],
    [540, 3],
    [539, 2],
    [360, 2],
    [270, 2],
    [269, 1],
    [180, 1],
  ])('of %i lines is sent in %i sizes, the smallest first', (height, sizes) => {
    const { encodings } = cameraPlan(height, 'auto', chromium);
    expect(encodings).toHaveLength(sizes);
    const rates = encodings.map(({ maxBitrate }) => maxBitrate);
    expect(rates).toEqual([...rates].sort((a, b) => a - b));
    const scales = encodings.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy ?? 1);
    expect(scales).toEqual([4, 2, 1].slice(3 - sizes));
  });

  it.each([
    [720, 1000],
    [360, 900],
    [180, 300],
  ])('of %i lines begins with %i kbit/s', (height, kilobits) => {
    expect(startKilobits(cameraPlan(height, 'auto', chromium))).toBe(kilobits);
  });

  it('held upright counts by its shorter side', () => {
    const track = new FakeTrack('video', 'phone');
    track.settings = { width: 360, height: 640 };
    expect(planOf('camera', track.asTrack, 'auto', chromium)?.encodings).toHaveLength(2);
  });

  it('goes in the codec of choice where the browser can', () => {
    const codecs = (sender: Sender) =>
      codecWishes.map((wish) => cameraPlan(720, wish, sender).codec);
    expect(codecs(chromium)).toEqual(['VP8', 'VP8', 'VP9', 'H264', 'AV1']);
    expect(codecs(firefox)).toEqual(['VP8', 'VP8', 'VP8', 'VP8', 'VP8']);
    expect(codecs(safari)).toEqual(['VP8', 'VP8', 'VP8', 'H264', 'VP8']);
    expect(codecs({ ...chromium, videoCodecs: ['VP8'] })).toEqual(codecs(firefox));
  });

  it('goes as one stream in layers where the codec has them', () => {
    expect(cameraPlan(720, 'VP9', chromium).encodings).toEqual([
      { scalabilityMode: 'L3T3_KEY', maxBitrate: 1_500_000 },
    ]);
    expect(cameraPlan(360, 'AV1', chromium).encodings[0]?.scalabilityMode).toBe('L2T3_KEY');
    expect(cameraPlan(720, 'H264', chromium).encodings).toHaveLength(3);
  });
});

describe('other tracks', () => {
  const track = new FakeTrack('video', 'screen').asTrack;

  it('are sent in one size', () => {
    expect(planOf('screen', track, 'AV1', chromium)).toEqual({
      codec: 'VP8',
      encodings: [{ maxBitrate: 2_500_000 }],
    });
  });

  it('have no plan when they are sound', () => {
    expect(planOf('audio', track, 'AV1', chromium)).toBeNull();
    expect(planOf('screenAudio', track, 'AV1', chromium)).toBeNull();
  });
});

describe('plans', () => {
  const plan = (height: number, wish: 'auto' | 'VP9' | 'AV1' = 'auto') =>
    cameraPlan(height, wish, chromium);

  it('are the same as long as nothing has to be agreed upon anew', () => {
    expect(samePlan(plan(720), plan(1080))).toBe(true);
    expect(samePlan(plan(720), plan(360))).toBe(false);
    expect(samePlan(plan(720), plan(720, 'VP9'))).toBe(false);
    expect(samePlan(plan(720, 'VP9'), plan(720, 'AV1'))).toBe(false);
    expect(samePlan(plan(720, 'VP9'), plan(360, 'VP9'))).toBe(false);
    expect(samePlan(null, null)).toBe(true);
    expect(samePlan(null, plan(720))).toBe(false);
  });
});

describe('the layers of an offered track', () => {
  it.each([
    ['L3T3', 3],
    ['L3T3_KEY', 3],
    ['S2T1', 2],
    ['L1T3', 1],
    ['L0T1', 1],
    ['nonsense', 1],
    [undefined, 1],
    [7, 1],
  ])('in mode %s are %i', (scalabilityMode, layers) => {
    expect(layersOf({ encodings: [{ ssrc: 1, scalabilityMode }] })).toBe(layers);
  });

  it('are one when nothing is said', () => {
    expect(layersOf({})).toBe(1);
    expect(layersOf({ encodings: [] })).toBe(1);
  });
});
