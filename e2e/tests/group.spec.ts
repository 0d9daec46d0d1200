// SPDX-License-Identifier: Apache-2.0
// Three and more in a meeting: through the server's media router.
import { expect, type Page } from '@playwright/test';

import { SMALL_CAMERA } from '../rig/camera.ts';
import { eventually } from '../rig/eventually.ts';
import { readStats } from '../rig/stats.ts';
import { incoming, outgoing, pictures } from '../rig/streams.ts';
import { test } from '../rig/test.ts';
import { A_CALL_ENERGY, A_CALL_FRAMES, expectAll, expectMoving, meetingOf } from './pages/group.ts';
import { joinMeeting, key, makeMeeting, noom, ordinaryNoom } from './pages/noom.ts';

test('two in Chromium and one in Firefox all see and hear each other', async ({
  startJava,
  newContext,
  newFirefoxPage,
}) => {
  // Firefox sends no media to loopback, so the server must be reached from outside.
  const { url } = await startJava(noom('--lan'));
  const link = await makeMeeting(url);
  const [ada, bob] = await meetingOf(2, link, newContext);
  const firefox = await newFirefoxPage();
  await firefox.goto(link);
  await firefox
    .locator('::-p-xpath(//input[@id=//label[normalize-space()="Your name"]/@for])')
    .fill('Cleo');
  await firefox.locator('::-p-xpath(//button[normalize-space()="Join"])').click();

  await expectAll(ada as Page, 'Ada', 2, A_CALL_FRAMES);
  await expectAll(bob as Page, 'Bob', 2, A_CALL_FRAMES);
  await expectAll(firefox, 'Firefox', 2, A_CALL_FRAMES);
});

test('who comes later sees and hears everybody, and two who remain talk directly again', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const link = await makeMeeting(url);
  const [ada, bob, cleo] = (await meetingOf(3, link, newContext)) as [Page, Page, Page];
  await expectAll(cleo, 'Cleo', 2);

  const dan = await joinMeeting(await newContext(SMALL_CAMERA), link, 'Dan');
  await expectAll(dan, 'Dan', 3);
  await expectMoving(ada, 'Ada', 3);

  await key(dan, 'Leave').click();
  await key(cleo, 'Leave').click();
  await eventually(
    'only one connection is left, to each other',
    async () =>
      (await readStats(ada)).connectionStates.filter((state) => state !== 'closed').length,
    (open) => open === 1,
  );
  await expectMoving(ada, 'Ada', 1);
  await expectMoving(bob, 'Bob', 1);
});

test('of four faces two come when no more may, and who speaks is among them', async ({
  startJava,
  newContext,
}) => {
  const { url } = await startJava(noom('--faces', '2'));
  const link = await makeMeeting(url);
  const people = await meetingOf(4, link, newContext);
  const ada = people[0] as Page;
  await eventually(
    'three are heard',
    async () => (await incoming(ada)).filter(({ energy }) => energy > A_CALL_ENERGY).length,
    (heard) => heard === 3,
  );
  for (const quiet of people.slice(0, 3)) await key(quiet, 'Microphone').click();
  const fourth = ada.getByRole('listitem', { name: /^Guest 4/ });
  await expect(fourth.locator('video[data-ready="true"]')).toBeVisible();
  await eventually(
    'two pictures move and the third rests',
    async () => {
      const before = await pictures(ada);
      await expectMoving(ada, 'Ada', 2);
      const now = await pictures(ada);
      return now.filter(
        ({ track, frames }) => frames > (before.find((it) => it.track === track)?.frames ?? 0),
      ).length;
    },
    (moving) => moving === 2,
  );
});

test('VP9, H264 and AV1 go through as well', async ({ sharedJava, newContext }) => {
  const url = await ordinaryNoom(sharedJava);
  const link = await makeMeeting(url);
  const codecs = ['VP9', 'H264', 'AV1'];
  const people: Page[] = [];
  for (const codec of codecs) {
    const context = await newContext(SMALL_CAMERA);
    await context.addInitScript((videoCodec) => {
      localStorage.setItem('noom.preferences', JSON.stringify({ videoCodec }));
    }, codec);
    people.push(await joinMeeting(context, link, codec));
  }

  for (const [at, page] of people.entries()) {
    const others = codecs.filter((codec) => codec !== codecs[at]);
    await expectAll(page, `who sends ${codecs[at] ?? ''}`, 2, A_CALL_FRAMES);
    const seen = (await pictures(page)).map(({ codec }) => codec).sort();
    expect(seen).toEqual(others.map((codec) => `video/${codec}`).sort());
  }
});

test('the keys work in a group: camera and microphone off send nothing, a screen is seen by all', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const people = await meetingOf(3, await makeMeeting(url), newContext);
  const [ada, bob, cleo] = people as [Page, Page, Page];
  await expectAll(bob, 'Guest 2', 2);

  await key(ada, 'Camera').click();
  await key(ada, 'Microphone').click();

  const tile = bob.getByRole('listitem', { name: 'Guest 1, microphone off, camera off' });
  await expect(tile).toBeVisible();
  let since = (await outgoing(ada)).reduce((sum, { packets }) => sum + packets, 0);
  let framesSince = (await readStats(bob)).framesDecoded;
  await eventually(
    'nothing leaves while others’ pictures come',
    async () => {
      const now = (await outgoing(ada)).reduce((sum, { packets }) => sum + packets, 0);
      const frames = (await readStats(bob)).framesDecoded;
      if (now !== since) framesSince = frames;
      since = now;
      return frames - framesSince;
    },
    (frames) => frames > A_CALL_FRAMES,
  );
  await key(ada, 'Camera').click();
  await expect(
    bob.getByRole('listitem', { name: /^Guest 1/ }).locator('video[data-ready="true"]'),
  ).toBeVisible();
  await expectMoving(bob, 'Guest 2', 2);

  await key(ada, 'Share screen').click();

  for (const page of [bob, cleo]) {
    const screen = page.getByRole('listitem', { name: /Guest 1’s screen/ });
    await expect(screen.locator('video[data-ready="true"]')).toBeVisible();
  }
  await expectMoving(bob, 'Guest 2', 2);
  await key(ada, 'Share screen').click();
  await expect(bob.getByRole('listitem', { name: /Guest 1’s screen/ })).toBeHidden();
  await expectMoving(cleo, 'Guest 3', 2);
});
