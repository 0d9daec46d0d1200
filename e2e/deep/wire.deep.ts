// SPDX-License-Identifier: Apache-2.0
// Three people across a bad wire, a minute each: what they see and hear. Figures, not verdicts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { groupAcross } from '../rig/badwire.ts';
import type { CameraShape } from '../rig/camera.ts';
import { REPOSITORY } from '../rig/paths.ts';
import { incoming, pictures } from '../rig/streams.ts';
import { test } from '../rig/test.ts';
import { PERFECT, type WireQuality } from '../rig/wirelab.ts';

const RUNS = 3;
const RUN_MILLIS = 60_000;
const OUTAGE_MILLIS = 20_000;
const CAMERA: CameraShape = { width: 320, height: 180, frameRate: 30 };
const REPORT = join(REPOSITORY, 'bench', 'results', 'wire.txt');

const lines = [
  '# ./noom deep wire: three people in Chromium at 320x180 and 30 fps, the server across a wire.',
  '# Each of six pictures crosses it twice; loss and delay are each way.',
];

interface Seen {
  /** Between two pictures that were shown. */
  readonly longestGapMillis: number;
  readonly framesPerSecond: number;
}

declare global {
  interface Window {
    __seen: { last: number; longestGapMillis: number; frames: number; since: number }[];
  }
}

/** Begins to watch all pictures of others. */
async function beginWatching(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.__seen = [...document.querySelectorAll<HTMLVideoElement>('.tile:not(.tile--self) video')]
      .filter((video) => !video.closest('.selfcorner'))
      .map((video) => {
        const since = performance.now();
        const seen = { last: since, longestGapMillis: 0, frames: 0, since };
        const shown = (now: number): void => {
          seen.longestGapMillis = Math.max(seen.longestGapMillis, now - seen.last);
          seen.last = now;
          seen.frames++;
          video.requestVideoFrameCallback(shown);
        };
        video.requestVideoFrameCallback(shown);
        return seen;
      });
  });
}

async function endWatching(page: Page): Promise<Seen[]> {
  return page.evaluate(() => {
    const now = performance.now();
    return window.__seen.map(({ last, longestGapMillis, frames, since }) => ({
      longestGapMillis: Math.max(longestGapMillis, now - last),
      framesPerSecond: (frames * 1_000) / (now - since),
    }));
  });
}

/** Of each picture that comes in, by its track: it may be of another connection than before. */
async function framesOf(page: Page): Promise<ReadonlyMap<string, number>> {
  return new Map((await pictures(page)).map(({ track, frames }) => [track, frames]));
}

function movedSince(
  before: ReadonlyMap<string, number> | undefined,
  now: ReadonlyMap<string, number>,
): number {
  return [...now].filter(([track, frames]) => frames > (before?.get(track) ?? 0) + 5).length;
}

interface Heard {
  readonly concealed: number;
  readonly samples: number;
}

async function heard(people: readonly Page[]): Promise<Heard> {
  const streams = (await Promise.all(people.map((page) => incoming(page)))).flat();
  return {
    concealed: streams.reduce((sum, { concealed }) => sum + concealed, 0),
    samples: streams.reduce((sum, { samples }) => sum + samples, 0),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function tell(line: string): void {
  console.log(line);
  lines.push(line);
  writeFileSync(REPORT, `${lines.join('\n')}\n`);
}

async function pass(millis: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, millis));
}

const wires: readonly WireQuality[] = [
  { ...PERFECT, lossPercent: 5, delayMillis: 50 },
  { ...PERFECT, lossPercent: 10, delayMillis: 50 },
];

for (const wire of wires) {
  test(`${wire.lossPercent} % loss, ${wire.delayMillis} ms`, async ({
    startJava,
    newContextIn,
    wireLab,
  }) => {
    const people = await groupAcross({ startJava, newContextIn, wireLab }, CAMERA);
    for (let run = 1; run <= RUNS; run++) {
      await wireLab.set(wire);
      await pass(5_000); // until both ends know of it
      const before = await heard(people);
      for (const page of people) await beginWatching(page);
      await pass(RUN_MILLIS);
      const seen = (await Promise.all(people.map(endWatching))).flat();
      const after = await heard(people);
      const concealed = (after.concealed - before.concealed) / (after.samples - before.samples);
      tell(
        [
          `${wire.lossPercent} % loss, ${wire.delayMillis} ms, run ${run}:`,
          `longest gap ${Math.round(Math.max(...seen.map((it) => it.longestGapMillis)))} ms`,
          `(of each picture ${seen.map((it) => Math.round(it.longestGapMillis)).join(' ')}),`,
          `median ${median(seen.map((it) => it.framesPerSecond)).toFixed(1)} fps,`,
          `sound concealed ${(100 * concealed).toFixed(2)} %`,
        ].join(' '),
      );
    }
  });
}

test('an outage', async ({ startJava, newContextIn, wireLab }) => {
  const people = await groupAcross({ startJava, newContextIn, wireLab }, CAMERA);
  for (let run = 1; run <= RUNS; run++) {
    await wireLab.set({ ...PERFECT, lossPercent: 100 });
    await pass(OUTAGE_MILLIS);
    const before = await Promise.all(people.map(framesOf));
    await wireLab.set(PERFECT);
    const healed = performance.now();
    let moving = 0;
    while (moving < 6 && performance.now() - healed < RUN_MILLIS) {
      await pass(100);
      const after = await Promise.all(people.map(framesOf));
      moving = after.reduce((sum, now, at) => sum + movedSince(before[at], now), 0);
    }
    tell(
      `nothing gets through for ${OUTAGE_MILLIS / 1_000} s, run ${run}: ${moving} of 6 pictures move ` +
        `${((performance.now() - healed) / 1_000).toFixed(1)} s after`,
    );
    await pass(10_000);
  }
});
