// SPDX-License-Identifier: Apache-2.0
// How tests say "for a while" without a clock: so many pictures, so many packets of sound.
import type { Page } from '@playwright/test';

import { eventually } from './eventually.ts';
import { type AnyPage, type MediaStats, readStats } from './stats.ts';

const A_WHILE_FRAMES = 30;
const A_WHILE_PACKETS = 50;

/** Waits until a page, of either browser, has a call: pictures and sound have come for a while. */
export async function expectCall(page: AnyPage, who: string): Promise<MediaStats> {
  const stats = await eventually(
    `${who} sees and hears the other`,
    () => readStats(page),
    ({ framesDecoded, totalAudioEnergy }) => framesDecoded > 60 && totalAudioEnergy > 0.1,
  );
  console.log(`  ${who}:`, JSON.stringify(stats));
  return stats;
}

/** Waits until a page sees and hears the other: where the call is not what is tested. */
export async function expectTalk(page: Page, who: string): Promise<void> {
  await eventually(
    `${who} is in a call`,
    () => readStats(page),
    ({ framesDecoded, totalAudioEnergy }) => framesDecoded > 15 && totalAudioEnergy > 0.1,
  );
}

export async function expectPictures(page: Page): Promise<void> {
  const before = (await readStats(page)).framesDecoded;
  await eventually(
    'pictures come',
    async () => (await readStats(page)).framesDecoded - before,
    (frames) => frames > A_WHILE_FRAMES,
  );
}

export async function expectSound(page: Page): Promise<void> {
  const before = (await readStats(page)).totalAudioEnergy;
  await eventually(
    'sound comes',
    async () => (await readStats(page)).totalAudioEnergy - before,
    (energy) => energy > 0.1,
  );
}

/** No picture comes while sound does. */
export async function expectNoPicture(page: Page): Promise<void> {
  let since = await readStats(page);
  await eventually(
    'no picture comes while sound does',
    async () => {
      const now = await readStats(page);
      if (now.framesDecoded !== since.framesDecoded) since = now;
      return now.audioPackets - since.audioPackets;
    },
    (packets) => packets > A_WHILE_PACKETS,
  );
}

/** Neither sound nor packets of it come while pictures do. */
export async function expectSilence(page: Page): Promise<void> {
  let since = await readStats(page);
  await eventually(
    'no sound comes while pictures do',
    async () => {
      const now = await readStats(page);
      const isSame =
        now.audioPackets === since.audioPackets && now.totalAudioEnergy === since.totalAudioEnergy;
      if (!isSame) since = now;
      return now.framesDecoded - since.framesDecoded;
    },
    (frames) => frames > A_WHILE_FRAMES,
  );
}
