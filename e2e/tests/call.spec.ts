// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

import { eventually } from '../rig/eventually.ts';
import { readStats } from '../rig/stats.ts';
import { test } from '../rig/test.ts';
import { openCameraCount } from '../rig/tracks.ts';
import { expectCall, expectPictures } from '../rig/while.ts';
import {
  callBetween,
  chooseOtherCamera,
  controls,
  fillName,
  joinMeeting,
  key,
  makeMeeting,
  messages,
  noom,
  openChat,
  ordinaryCall,
  ordinaryNoom,
  say,
} from './pages/noom.ts';

test('a visitor makes a meeting, sends its link, and two see, hear and write to each other', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const ada = await (await newContext()).newPage();
  await ada.goto(url);
  await ada.getByRole('button', { name: 'New meeting' }).click();
  await ada.getByLabel('Title').fill('Design review');
  await ada.getByRole('button', { name: 'Create meeting' }).click();
  await fillName(ada, 'Ada');
  await ada.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(controls(ada)).toBeVisible();
  await expect(ada.getByText('You are the first one here')).toBeVisible();
  const link = await ada.getByLabel('Link to this meeting').inputValue();

  const bob = await joinMeeting(await newContext(), link, 'Bob');

  await expectCall(ada, 'Ada');
  await expectCall(bob, 'Bob');
  await openChat(ada);
  await openChat(bob);
  await say(ada, 'hello <b>Bob</b> https://example.org/a?b=c');
  await expect(messages(bob)).toContainText('hello <b>Bob</b> https://example.org/a?b=c');
  await expect(messages(bob).getByRole('link')).toHaveAttribute('rel', /noopener/);
  await say(bob, '안녕 Ada');
  await expect(messages(ada)).toContainText('안녕 Ada');
});

test('the camera is switched in mid-call without a new connection', async ({
  sharedJava,
  newContext,
}) => {
  const { ada, bob } = await ordinaryCall(sharedJava, newContext);

  await chooseOtherCamera(ada);

  await expectPictures(bob);
  expect(await openCameraCount(ada)).toBe(1);
  expect((await readStats(bob)).connectionStates).toEqual(['connected']);
});

test('a shared screen is seen beside the camera', async ({ sharedJava, newContext }) => {
  const { ada, bob } = await ordinaryCall(sharedJava, newContext);

  await key(ada, 'Share screen').click();

  await expect(bob.getByRole('listitem', { name: /Ada’s screen/ })).toBeVisible();
  await eventually(
    'two pictures move',
    () =>
      bob.evaluate(
        () =>
          [...document.querySelectorAll('video')].filter(
            (v) => v.videoWidth > 0 && v.checkVisibility(),
          ).length,
      ),
    (count) => count >= 2,
  );
  await key(ada, 'Share screen').click();
  await expect(bob.getByRole('listitem', { name: /Ada’s screen/ })).toBeHidden();
  await expectPictures(bob);
});

test('both names and devices stand in the list of people', async ({ sharedJava, newContext }) => {
  const { ada, bob } = await ordinaryCall(sharedJava, newContext);
  await key(bob, 'Microphone').click();

  await key(ada, 'People').click();

  const list = ada.getByRole('complementary', { name: 'People' });
  await expect(list).toContainText('Ada');
  await expect(
    list
      .getByRole('listitem')
      .filter({ hasText: 'Bob' })
      .getByRole('img', { name: 'microphone off' }),
  ).toBeVisible();
});

test('meetings that their makers show are listed with live counts and joined by name', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  await makeMeeting(url, 'Hidden one', false);
  const link = await makeMeeting(url, 'Book club', true);
  const home = await (await newContext()).newPage();
  await home.goto(url);
  await expect(home.getByRole('link', { name: /Book club/ })).toContainText('Nobody inside yet');
  await expect(home.getByText('Hidden one')).toBeHidden();

  const ada = await joinMeeting(await newContext(), link, 'Ada');
  await expect(home.getByRole('link', { name: /Book club/ })).toContainText('1 person inside now');
  await key(ada, 'Leave').click();
  await expect(home.getByRole('link', { name: /Book club/ })).toContainText('Nobody inside yet');

  await home.getByLabel('Link, code or name').fill('Book club');
  await home.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(home).toHaveURL(link);
});

test('who leaves before the page is seated again is not counted either', async ({
  startJava,
  newContext,
}) => {
  const server = await startJava(noom());
  const held = await newContext();
  let isHeld = false;
  await held.routeWebSocket(/\/socket\.io\//, (browser) => {
    const connected = browser.connectToServer();
    browser.onMessage((message) => {
      if (!isHeld || !message.toString().includes('"meeting:join"')) connected.send(message);
    });
  });
  const [ada, bob] = await callBetween(await makeMeeting(server.url), held, await newContext());
  isHeld = true;
  await server.kill9();
  await expect(bob.getByText(/Connection to the server lost/)).toBeVisible();
  await server.startAgain();
  await expect(bob.getByText(/Connection to the server lost/)).toBeHidden();

  await key(ada, 'Leave').click();

  await expect(ada.getByText('1 person is still there')).toBeVisible();
});

test('who has left is not counted among those still there, however slow the goodbye', async ({
  sharedJava,
  newContext,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const slow = await newContext();
  let sendGoodbye: (() => void) | undefined;
  await slow.routeWebSocket(/\/socket\.io\//, (browser) => {
    const server = browser.connectToServer();
    browser.onMessage((message) => {
      if (!message.toString().includes('"meeting:leave"')) server.send(message);
      else
        sendGoodbye = () => {
          server.send(message);
        };
    });
  });
  const [ada] = await callBetween(await makeMeeting(url), slow, await newContext());

  await key(ada, 'Leave').click();
  await expect(ada.getByRole('heading', { name: /You left/ })).toBeVisible();
  sendGoodbye?.();

  await expect(ada.getByText('1 person is still there')).toBeVisible();
});
