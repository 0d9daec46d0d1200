// SPDX-License-Identifier: Apache-2.0
import type { Page } from '@playwright/test';

import { joinMeeting, makeMeetingFrom, noom } from '../tests/pages/noom.ts';
import type { CameraShape } from './camera.ts';
import { eventually } from './eventually.ts';
import { pictures } from './streams.ts';
import type { Rig } from './test.ts';

/** Three people on one side of the wire, the server on the other; everything is perfect so far. */
export async function groupAcross(
  { startJava, newContextIn, wireLab }: Pick<Rig, 'startJava' | 'newContextIn' | 'wireLab'>,
  camera: CameraShape,
): Promise<readonly Page[]> {
  const { url } = await startJava({ ...noom('--lan'), namespace: wireLab.server.namespace });
  const wishes = {
    namespace: wireLab.browsers.namespace,
    args: ['--ignore-certificate-errors'],
  };
  const first = await newContextIn(wishes, null, camera);
  const browser = first.browser();
  const link = await makeMeetingFrom(first, url);
  const people: Page[] = [];
  for (const name of ['Ada', 'Bob', 'Cleo']) {
    const context = people.length === 0 ? first : await newContextIn(wishes, browser, camera);
    people.push(await joinMeeting(context, link, name));
  }
  for (const page of people) {
    await eventually(
      'two others are seen',
      async () => (await pictures(page)).filter(({ frames }) => frames > 30).length,
      (seen) => seen >= 2,
    );
  }
  return people;
}
