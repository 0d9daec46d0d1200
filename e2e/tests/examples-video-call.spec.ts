// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { eventually } from '../rig/eventually.ts';
import { readStats } from '../rig/stats.ts';
import { test } from '../rig/test.ts';
import { openCameraCount } from '../rig/tracks.ts';
import { expectCall, expectNoPicture, expectPictures, expectSilence } from '../rig/while.ts';
import {
  callBetween,
  cameras,
  chooseOtherCamera,
  holdOfferBack,
  join,
  log,
  makeBothOffer,
  open,
  say,
} from './pages/video-call.ts';

const VIDEO_CALL = {
  module: 'examples',
  mainClass: 'noom.examples.VideoCall',
  args: ['--port', '0'],
};

test('two people see, hear and write to each other', async ({ sharedJava, newContext }) => {
  const url = await sharedJava(VIDEO_CALL);
  const [alice, bob] = await callBetween(url, await newContext(), await newContext());

  for (const [name, page] of [
    ['Alice', alice],
    ['Bob', bob],
  ] as const) {
    await expectCall(page, name);
    await expect(page.getByRole('status')).toHaveText('In a call');
  }
  await say(alice, 'hello <b>Bob</b>');
  await expect(log(bob)).toHaveText(['The other: hello <b>Bob</b>']);
  await say(bob, 'hello');
  await expect(log(alice)).toHaveText(['You: hello <b>Bob</b>', 'The other: hello']);
  await expectAccessible(alice);
});

test('a muted microphone sends nothing, also after a change of camera', async ({
  sharedJava,
  newContext,
}) => {
  const url = await sharedJava(VIDEO_CALL);
  const [alice, bob] = await callBetween(url, await newContext(), await newContext());
  await eventually(
    'Bob hears',
    () => readStats(bob),
    (stats) => stats.totalAudioEnergy > 0.1,
  );

  await alice.getByRole('button', { name: 'Mute' }).click();
  await expect(alice.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await expectSilence(bob);
  await chooseOtherCamera(alice);
  await expectSilence(bob);

  await alice.getByRole('button', { name: 'Unmute' }).click();
  const before = (await readStats(bob)).totalAudioEnergy;
  await eventually(
    'Bob hears again',
    () => readStats(bob),
    (stats) => stats.totalAudioEnergy > before + 0.1,
  );
});

test('the camera is switched within one connection', async ({ sharedJava, newContext }) => {
  const url = await sharedJava(VIDEO_CALL);
  const [alice, bob] = await callBetween(url, await newContext(), await newContext());
  await expect(cameras(alice).locator('option')).toHaveCount(3);

  const chosen = await chooseOtherCamera(alice);

  await expectPictures(bob);
  await expect(cameras(alice)).toHaveValue(chosen);
  expect((await readStats(alice)).connectionStates).toEqual(['connected']);
  expect((await readStats(bob)).connectionStates).toEqual(['connected']);
  expect(await openCameraCount(alice)).toBe(1);
});

test('no picture leaves while the camera is off, whatever camera is chosen', async ({
  sharedJava,
  newContext,
}) => {
  const url = await sharedJava(VIDEO_CALL);
  const [alice, bob] = await callBetween(url, await newContext(), await newContext());
  await expectPictures(bob);

  await alice.getByRole('button', { name: 'Turn camera off' }).click();
  await expect(alice.getByRole('button', { name: 'Turn camera on' })).toBeVisible();
  expect(await openCameraCount(alice)).toBe(0);
  await expectNoPicture(bob);
  const chosen = await chooseOtherCamera(alice);
  await expectNoPicture(bob);
  expect(await openCameraCount(alice)).toBe(0);

  await alice.getByRole('button', { name: 'Turn camera on' }).click();
  await expectPictures(bob);
  await expect(cameras(alice)).toHaveValue(chosen);
});

test('candidates that come before their description are kept', async ({
  sharedJava,
  newContext,
}) => {
  const url = await sharedJava(VIDEO_CALL);
  const alice = await open(url, await newContext());
  const late = await newContext();
  const early = await holdOfferBack(late, 2);
  const bob = await open(url, late);
  await join(alice, 'tea');
  await join(bob, 'tea');

  await eventually(
    'Bob sees',
    () => readStats(bob),
    (stats) => stats.framesDecoded > 60,
  );

  expect(early.faster).toBeGreaterThanOrEqual(2);
  const { remoteCandidates } = await readStats(bob);
  const signalled = (remoteCandidates['host'] ?? 0) + (remoteCandidates['srflx'] ?? 0);
  expect(signalled).toBeGreaterThanOrEqual(early.faster);
});

test('if both offer at once, one gives way', async ({ sharedJava, newContext }) => {
  const url = await sharedJava(VIDEO_CALL);
  const eager = await newContext();
  await makeBothOffer(eager);

  const [alice, bob] = await callBetween(url, await newContext(), eager);

  await expectPictures(alice);
  await expectPictures(bob);
  await expect(alice.getByRole('status')).toHaveText('In a call');
  await expect(bob.getByRole('status')).toHaveText('In a call');
});

test('a third visitor is sent away, and comes in when one has left', async ({
  sharedJava,
  newContext,
}) => {
  const url = await sharedJava(VIDEO_CALL);
  const [alice, bob] = await callBetween(url, await newContext(), await newContext());
  const carol = await open(url, await newContext());

  await carol.getByLabel('Room').fill('tea');
  await carol.getByRole('button', { name: 'Join' }).click();
  await expect(carol.getByRole('status')).toHaveText('Two are in that room already.');
  await expectPictures(bob);
  await bob.getByRole('button', { name: 'Leave' }).click();
  await expect(alice.getByRole('status')).toHaveText('Waiting for the other one…');
  await join(carol, 'tea');

  await expectPictures(carol);
  await expect(alice.getByRole('status')).toHaveText('In a call');
  await expect(bob.getByRole('status')).toHaveText('Connected');
});

test('the call goes on while the server is away', async ({ startJava, newContext }) => {
  const server = await startJava(VIDEO_CALL);
  const [alice, bob] = await callBetween(server.url, await newContext(), await newContext());
  await expectPictures(bob);

  await server.kill9();
  await expectPictures(bob);
  await say(alice, 'still here');

  await expect(log(bob)).toHaveText(['The other: still here']);
});

test('who may not use a camera is told so, and still sees the other', async ({
  sharedJava,
  newContext,
}) => {
  const url = await sharedJava(VIDEO_CALL);
  const refused = await newContext();
  await refused.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  const [alice, bob] = await callBetween(url, refused, await newContext());

  await expect(alice.getByRole('alert')).toContainText('may not use the camera');
  await expectPictures(alice);
  await expect(bob.getByRole('status')).toHaveText('In a call');
});
