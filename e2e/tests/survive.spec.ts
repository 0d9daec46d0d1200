// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

import { readStats } from '../rig/stats.ts';
import { test } from '../rig/test.ts';
import { expectPictures, expectSound } from '../rig/while.ts';
import {
  callOfTwo,
  joinMeeting,
  key,
  makeMeeting,
  messages,
  noom,
  openChat,
  ordinaryCall,
  say,
  watchReloads,
} from './pages/noom.ts';

test('kill -9 of the server in a call: media unbroken, chat complete, no reload', async ({
  startJava,
  newContext,
}) => {
  const { server, link, ada, bob } = await callOfTwo(startJava, newContext);
  const notReloaded = [await watchReloads(ada), await watchReloads(bob)];
  await openChat(ada);
  await openChat(bob);
  await say(ada, 'before the crash');
  await expect(messages(bob)).toContainText('before the crash');

  await server.kill9();

  await expect(ada.getByText(/Connection to the server lost/)).toBeVisible();
  await say(ada, 'written while away');
  await expect(ada.getByText('Not sent yet').first()).toBeAttached();
  await expectPictures(bob);
  await expectSound(ada);
  await server.startAgain();

  await expect(messages(bob)).toContainText('written while away');
  await say(bob, 'and it works again');
  await expect(messages(ada)).toContainText('and it works again');
  for (const page of [ada, bob]) {
    for (const text of ['before the crash', 'written while away', 'and it works again']) {
      await expect(page.getByText(text, { exact: true })).toHaveCount(1);
    }
    expect((await readStats(page)).connectionStates, 'one connection all the time').toEqual([
      'connected',
    ]);
  }
  await expectPictures(bob);
  for (const check of notReloaded) await check();

  const cleo = await (await newContext()).newPage();
  await cleo.goto(link);
  await expect(cleo.getByText('Ada and 1 other are here')).toBeVisible();
});

test('who comes later reads what was written, also after a restart', async ({
  startJava,
  newContext,
}) => {
  const server = await startJava(noom());
  const link = await makeMeeting(server.url);
  const ada = await joinMeeting(await newContext(), link, 'Ada');
  await openChat(ada);
  await say(ada, 'kept for Bob');
  await expect(ada.getByText('Sent', { exact: true })).toBeAttached();
  await key(ada, 'Leave').click();
  await server.kill9();
  await server.startAgain();

  const bob = await joinMeeting(await newContext(), link, 'Bob');
  await openChat(bob);

  await expect(messages(bob)).toContainText('kept for Bob');
});

test('a reloaded tab is the same person, and the call comes back', async ({
  sharedJava,
  newContext,
}) => {
  const { ada, bob } = await ordinaryCall(sharedJava, newContext);

  await ada.reload();
  await ada.getByRole('button', { name: 'Join', exact: true }).click();

  await expectPictures(ada);
  await expectPictures(bob);
  await key(bob, 'People').click();
  await expect(
    bob.getByRole('complementary', { name: 'People' }).getByText('Ada', { exact: true }),
  ).toHaveCount(1);
});
