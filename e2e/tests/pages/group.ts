// SPDX-License-Identifier: Apache-2.0
// Three and more in a meeting: what they do and notice.
import type { Page } from '@playwright/test';

import { SMALL_CAMERA } from '../../rig/camera.ts';
import { eventually } from '../../rig/eventually.ts';
import type { AnyPage } from '../../rig/stats.ts';
import { incoming, pictures } from '../../rig/streams.ts';
import type { Rig } from '../../rig/test.ts';
import { joinMeeting } from './noom.ts';

export const A_CALL_FRAMES = 60;
const A_MOMENT_FRAMES = 15;
export const A_CALL_ENERGY = 0.1;

/** So many people in one meeting, named by their place. */
export async function meetingOf(
  count: number,
  link: string,
  newContext: Rig['newContext'],
): Promise<Page[]> {
  const people: Page[] = [];
  for (let i = 1; i <= count; i++) {
    people.push(await joinMeeting(await newContext(SMALL_CAMERA), link, `Guest ${i}`));
  }
  return people;
}

/** Each of so many others is seen and heard. */
export async function expectAll(
  page: AnyPage,
  who: string,
  others: number,
  moreFramesThan = A_MOMENT_FRAMES,
): Promise<void> {
  await eventually(
    `${who} sees and hears ${others} others`,
    async () => {
      const streams = await incoming(page);
      return {
        seen: streams.filter(({ frames }) => frames > moreFramesThan).length,
        heard: streams.filter(({ energy }) => energy > A_CALL_ENERGY).length,
      };
    },
    ({ seen, heard }) => seen >= others && heard >= others,
  );
}

/** All pictures that a page gets move on from here. */
export async function expectMoving(page: AnyPage, who: string, count: number): Promise<void> {
  const before = new Map((await pictures(page)).map(({ track, frames }) => [track, frames]));
  await eventually(
    `${who} sees ${count} pictures move`,
    async () =>
      (await pictures(page)).filter(
        ({ track, frames }) => frames > (before.get(track) ?? 0) + A_MOMENT_FRAMES,
      ).length,
    (moving) => moving >= count,
  );
}
