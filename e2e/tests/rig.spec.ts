// SPDX-License-Identifier: Apache-2.0
// The rig itself: each part is shown to work, and each check to fail when it should.
import { execFileSync } from 'node:child_process';

import { expect } from '@playwright/test';

import { eventually } from '../rig/eventually.ts';
import { JavaServer } from '../rig/java.ts';
import { NatLab } from '../rig/netns.ts';
import { readStats } from '../rig/stats.ts';
import { test } from '../rig/test.ts';

const PUBLIC_CHAT = 'noom.examples.PublicChat';

test('a program that does not start fails with its own words', async () => {
  const start = JavaServer.start({ module: 'examples', mainClass: PUBLIC_CHAT, args: ['--nope'] });

  await expect(start).rejects.toThrow(/ended with 2[\s\S]*--nope needs a value/);
});

test('a module that was not built fails with the command that builds it', async () => {
  const start = JavaServer.start({ module: 'absent', mainClass: 'x.Main' });

  await expect(start).rejects.toThrow(/mvn -q compile .* -pl absent -am/);
});

test('statistics are read from pages that expose nothing', async ({ newContext }) => {
  const page = await (await newContext()).newPage();
  await page.goto('data:text/html,<title>nothing</title>');

  await page.evaluate(() => {
    const connection = new RTCPeerConnection();
    connection.close();
  });

  const stats = await readStats(page);
  expect(stats.connectionStates).toEqual(['closed']);
  expect(stats.framesDecoded).toBe(0);
});

test('a browser behind NAT reaches the server and nobody else', async ({
  natLab,
  startJava,
  newContextIn,
}) => {
  const server = await startJava({
    module: 'examples',
    mainClass: PUBLIC_CHAT,
    args: ['--port', '0', '--host', natLab.server.address],
    namespace: natLab.server.namespace,
  });
  const page = await (await newContextIn({ namespace: natLab.clients[0].namespace })).newPage();

  await page.goto(server.url);

  await expect(page.getByRole('status')).toHaveText('Connected');
  expect(natLab.strays()).toEqual([]);
});

test('what a browser sends elsewhere is seen, names it asks for included', async ({
  natLab,
  newContextIn,
}) => {
  const page = await (await newContextIn({ namespace: natLab.clients[1].namespace })).newPage();

  await page.evaluate(async () => {
    void fetch('http://10.99.0.1:8080', { mode: 'no-cors' }).catch(() => undefined);
    const connection = new RTCPeerConnection({
      iceServers: [{ urls: ['stun:10.99.0.2:3478', 'stun:stun.example.com'] }],
    });
    connection.createDataChannel('x');
    await connection.setLocalDescription();
  });

  const strays = await eventually(
    'all three strays are seen',
    () => natLab.strays().map((stray) => stray.to),
    (seen) =>
      seen.includes('10.99.0.1 tcp 8080') &&
      seen.includes('10.99.0.2 udp 3478') &&
      seen.includes('10.81.0.53 udp 53'),
  );
  console.log('  strays seen:', strays.join(', '));
});

test('a lab leaves nothing behind, also when it is closed twice', () => {
  const lab = NatLab.build();
  const mine = (): string[] =>
    execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.startsWith(lab.server.namespace.replace(/server$/, '')));
  expect(mine()).toHaveLength(5);

  lab.close();
  lab.close();

  expect(mine()).toEqual([]);
});
