// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

import { eventually } from '../rig/eventually.ts';
import { test } from '../rig/test.ts';
import {
  expectCall,
  joinMeeting,
  makeMeeting,
  messages,
  noom,
  openChat,
  say,
} from './pages/noom.ts';
import { readStats } from '../rig/stats.ts';

test('Firefox and Chromium see, hear and write to each other', async ({
  startJava,
  newContext,
  newFirefoxPage,
}) => {
  const { url } = await startJava(noom());
  const link = await makeMeeting(url);
  const chromium = await joinMeeting(await newContext(), link, 'Ada');
  const firefox = await newFirefoxPage();
  await firefox.goto(link);
  await firefox
    .locator('::-p-xpath(//input[@id=//label[normalize-space()="Your name"]/@for])')
    .fill('Bob');
  await firefox.locator('::-p-xpath(//button[normalize-space()="Join"])').click();

  for (const [name, side] of [
    ['Firefox', firefox],
    ['Chromium', chromium],
  ] as const) {
    const stats = await eventually(
      `${name} sees and hears the other`,
      () => readStats(side),
      ({ framesDecoded, totalAudioEnergy }) => framesDecoded > 60 && totalAudioEnergy > 0.1,
    );
    console.log(`  ${name}:`, JSON.stringify(stats));
  }
  await expectCall(chromium, 'Ada');
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
