// SPDX-License-Identifier: Apache-2.0
// Large pictures through the router. Browsers send them only while the machine keeps up.
import { expect, type Page } from '@playwright/test';

import { LARGE_CAMERA } from '../rig/camera.ts';
import { eventually } from '../rig/eventually.ts';
import { outgoing, pictures } from '../rig/streams.ts';
import { test } from '../rig/test.ts';
import { A_CALL_FRAMES, meetingOf } from './pages/group.ts';
import { joinMeeting, key, makeMeeting, ordinaryNoom } from './pages/noom.ts';

test('a tile made small gets the small layer, made large the large one; nobody sends in vain', async ({
  sharedJava,
  newContext,
  newContextIn,
}) => {
  test.slow();
  const url = await ordinaryNoom(sharedJava);
  const link = await makeMeeting(url);
  const small = await meetingOf(3, link, newContext);
  for (const quiet of small) await key(quiet, 'Microphone').click(); // a quarter of all the work
  // A browser of its own: all pages of one share the shape of a camera.
  const context = await newContextIn({}, null, LARGE_CAMERA);
  const sender = await joinMeeting(context, link, 'Large');
  const [watcher, ...others] = small as [Page, Page, Page];
  const largest = async (): Promise<number> =>
    Math.max(0, ...(await pictures(watcher)).map(({ height }) => height));
  const sent = async (): Promise<number[]> =>
    (await outgoing(sender)).filter(({ kind }) => kind === 'video').map(({ frames }) => frames);
  const SMALL = { width: 360, height: 360 };
  const LARGE = { width: 1480, height: 960 };

  for (const other of [sender, ...others]) await other.setViewportSize(SMALL);
  await watcher.setViewportSize(LARGE);
  await eventually('the tile made large gets 720 lines', largest, (height) => height === 720);
  expect(await startKilobitsOf(sender)).toEqual(['1000']);

  await watcher.setViewportSize(SMALL);
  await eventually('the tile made small gets 180 lines', largest, (height) => height === 180);
  let since = await sent();
  await eventually(
    'the two large layers rest while the small one is sent',
    async () => {
      const now = await sent();
      if (now[1] !== since[1] || now[2] !== since[2]) since = now;
      return (now[0] ?? 0) - (since[0] ?? 0);
    },
    (frames) => frames > A_CALL_FRAMES / 2,
  );

  await watcher.setViewportSize(LARGE);
  await eventually('made large again it gets 720 lines', largest, (height) => height === 720);
});

/** What a browser was told to begin with, for each picture it sends. */
async function startKilobitsOf(sender: Page): Promise<string[]> {
  const answers = await sender.evaluate(() =>
    window.__peerConnections.map(({ remoteDescription }) => remoteDescription?.sdp ?? ''),
  );
  const told = [...answers.join('').matchAll(/x-google-start-bitrate=(\d+)/g)];
  return told.map(([, kilobits]) => kilobits ?? '');
}
