// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

import { test } from '../rig/test.ts';
import { expectCall } from '../rig/while.ts';
import { joinMeeting, makeMeetingFrom, messages, noom, openChat, say } from './pages/noom.ts';

test('two behind two NATs learn their outer address from our STUN and ask no other host', async ({
  natLab,
  startJava,
  newContextIn,
}) => {
  const server = await startJava({ ...noom('--lan'), namespace: natLab.server.namespace });
  const [one, other] = natLab.clients;
  const args = ['--ignore-certificate-errors'];
  const maker = await newContextIn({ namespace: one.namespace, args });
  const link = await makeMeetingFrom(maker, server.url);

  const ada = await joinMeeting(maker, link, 'Ada');
  const bob = await joinMeeting(
    await newContextIn({ namespace: other.namespace, args }),
    link,
    'Bob',
  );

  for (const [name, page] of [
    ['Ada', ada],
    ['Bob', bob],
  ] as const) {
    const stats = await expectCall(page, name);
    console.log(`  ${name}:`, JSON.stringify(stats));
    expect(stats.localCandidates['srflx']).toBeGreaterThanOrEqual(1);
    expect(stats.pairs).toHaveLength(1);
    expect(stats.pairs[0]).toMatch(/^(srflx|prflx)-(srflx|prflx)$/);
  }
  await openChat(ada);
  await openChat(bob);
  await say(ada, 'through both walls');
  await expect(messages(bob)).toContainText('through both walls');
  expect(natLab.strays()).toEqual([]);
});
