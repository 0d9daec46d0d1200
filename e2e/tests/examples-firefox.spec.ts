// SPDX-License-Identifier: Apache-2.0
import { expect } from '@playwright/test';

import { eventually } from '../rig/eventually.ts';
import { test } from '../rig/test.ts';
import { expectCall } from '../rig/while.ts';
import { join, log, open, say } from './pages/video-call.ts';

test('Firefox and Chromium call each other', async ({ startJava, newContext, newFirefoxPage }) => {
  const { url } = await startJava({
    module: 'examples',
    mainClass: 'noom.examples.VideoCall',
    args: ['--port', '0'],
  });
  const chromium = await open(url, await newContext());
  await join(chromium, 'tea');
  const firefox = await newFirefoxPage();

  await firefox.goto(url);
  await firefox.locator('#room-form input').fill('tea');
  await firefox.locator('#room-form button').click();

  await expectCall(firefox, 'Firefox');
  await expectCall(chromium, 'Chromium');
  await say(chromium, 'hello Firefox');
  await eventually(
    'Firefox reads it',
    () => firefox.evaluate(() => document.querySelector('[role=log]')?.textContent),
    (text) => text === 'The other: hello Firefox',
  );
  await expect(log(chromium)).toHaveText(['You: hello Firefox']);
});
