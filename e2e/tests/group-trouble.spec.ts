// SPDX-License-Identifier: Apache-2.0
// What may befall a group in the middle of a call.
import { expect, type Page } from '@playwright/test';

import { eventually } from '../rig/eventually.ts';
import { readStats } from '../rig/stats.ts';
import { test } from '../rig/test.ts';
import { expectAll, expectMoving, meetingOf } from './pages/group.ts';
import { makeMeeting, noom, ordinaryNoom } from './pages/noom.ts';

test('a change of network in the call: ICE starts anew, pictures go on', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const people = await meetingOf(3, await makeMeeting(url), newContext);
  const ada = people[0] as Page;
  await expectAll(ada, 'Ada', 2);
  const credentials = (): Promise<string[]> =>
    ada.evaluate(() =>
      window.__peerConnections
        .filter(({ connectionState }) => connectionState !== 'closed')
        .map(({ remoteDescription }) =>
          String(/a=ice-ufrag:(\S+)/.exec(remoteDescription?.sdp ?? '')?.[1]),
        ),
    );
  const before = await credentials();

  await ada.evaluate(() => dispatchEvent(new Event('online')));

  await eventually('both transports have new credentials', credentials, (now) =>
    now.every((ufrag) => !before.includes(ufrag)),
  );
  await expectMoving(ada, 'Ada', 2);
  await expectMoving(people[1] as Page, 'Guest 2', 2);
  expect((await readStats(ada)).connectionStates.filter((it) => it !== 'closed')).toHaveLength(2);
});

test('the server dies in a group call: everybody is back when it is', async ({
  startJava,
  newContext,
}) => {
  const server = await startJava(noom());
  const people = await meetingOf(3, await makeMeeting(server.url), newContext);
  await expectAll(people[2] as Page, 'Guest 3', 2);

  await server.kill9();
  await server.startAgain();

  for (const [at, page] of people.entries()) await expectMoving(page, `Guest ${at + 1}`, 2);
});
