// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

import { eventually } from '../rig/eventually.ts';
import { test } from '../rig/test.ts';
import { expectCall } from '../rig/while.ts';
import { joinMeeting, makeMeeting, messages, openChat, ordinaryNoom, say } from './pages/noom.ts';

test('Firefox and Chromium see, hear and write to each other', async ({
  sharedJava,
  newContext,
  newFirefoxPage,
}) => {
  const url = await ordinaryNoom(sharedJava);
  const link = await makeMeeting(url);
  const chromium = await joinMeeting(await newContext(), link, 'Ada');
  const firefox = await newFirefoxPage();
  await firefox.goto(link);
  await firefox
    .locator('::-p-xpath(//input[@id=//label[normalize-space()="Your name"]/@for])')
    .fill('Bob');
  await firefox.locator('::-p-xpath(//button[normalize-space()="Join"])').click();

  await expectCall(firefox, 'Firefox');
  await expectCall(chromium, 'Chromium');
  await openChat(chromium);
  await say(chromium, 'hello Firefox');
  await firefox.locator('button[aria-label="Chat"]').click();
  await eventually(
    'Firefox reads it',
    () => firefox.evaluate(() => document.body.textContent),
    (text) => text.includes('hello Firefox'),
  );
  await firefox.locator('textarea[aria-label="Message"]').fill('hello Chromium');
  await firefox.keyboard.press('Enter');
  await expect(messages(chromium)).toContainText('hello Chromium');
});
