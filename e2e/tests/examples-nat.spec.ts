// SPDX-License-Identifier: Apache-2.0
import { type BrowserContext, expect } from '@playwright/test';

import { eventually } from '../rig/eventually.ts';
import type { JavaServer } from '../rig/java.ts';
import type { NatLab } from '../rig/netns.ts';
import { readStats } from '../rig/stats.ts';
import { type Rig, test } from '../rig/test.ts';
import { expectCall } from '../rig/while.ts';
import { callBetween, join, log, open, say } from './pages/video-call.ts';

test('two people behind two NATs find each other through our own STUN alone', async ({
  natLab,
  startJava,
  newContextIn,
}) => {
  const server = await startIn(natLab, startJava);
  const [one, other] = await clientContexts(natLab, server, newContextIn);

  const [alice, bob] = await callBetween(server.url, one, other);

  for (const [name, page] of [
    ['Alice', alice],
    ['Bob', bob],
  ] as const) {
    const stats = await expectCall(page, name);
    expect(stats.localCandidates['srflx']).toBeGreaterThanOrEqual(1);
    // Nobody can be reached at an address of their own: what is in use was learned.
    expect(stats.pairs).toHaveLength(1);
    expect(stats.pairs[0]).toMatch(/^(srflx|prflx)-(srflx|prflx)$/);
  }
  await say(alice, 'through both walls');
  await expect(log(bob)).toHaveText(['The other: through both walls']);
  expect(natLab.strays()).toEqual([]);
});

test('without STUN the two NATs keep them apart', async ({ natLab, startJava, newContextIn }) => {
  const server = await startIn(natLab, startJava);
  const [one, other] = await clientContexts(natLab, server, newContextIn);
  natLab.blockUdpToServer();
  const alice = await open(server.url, one);
  const bob = await open(server.url, other);

  await join(alice, 'tea');
  await join(bob, 'tea');

  const stats = await eventually(
    'the connection is given up',
    () => readStats(alice),
    ({ connectionStates: [state] }) => state === 'closed',
  );
  console.log('  Alice:', JSON.stringify(stats));
  expect(stats.connectionStates).toHaveLength(1);
  expect(stats.framesDecoded).toBe(0);
  await expect(alice.getByRole('button', { name: 'Send' })).toBeDisabled();
});

async function startIn(lab: NatLab, startJava: Rig['startJava']): Promise<JavaServer> {
  return startJava({
    module: 'examples',
    mainClass: 'noom.examples.VideoCall',
    args: ['--port', '0', '--host', lab.server.address],
    namespace: lab.server.namespace,
  });
}

async function clientContexts(
  lab: NatLab,
  server: JavaServer,
  newContextIn: Rig['newContextIn'],
): Promise<[BrowserContext, BrowserContext]> {
  const [one, other] = lab.clients;
  const trustedOrigins = [server.url];
  return Promise.all([
    newContextIn({ namespace: one.namespace, trustedOrigins }),
    newContextIn({ namespace: other.namespace, trustedOrigins }),
  ]);
}
