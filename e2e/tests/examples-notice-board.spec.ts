// SPDX-License-Identifier: Apache-2.0
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { eventually } from '../rig/eventually.ts';
import { test } from '../rig/test.ts';

const NOTICE_BOARD = {
  module: 'examples',
  mainClass: 'noom.examples.NoticeBoard',
  args: ['--port', '0'],
};

test('what was published while the line was cut arrives once and in order', async ({
  startJava,
  newContext,
}) => {
  const server = await startJava(NOTICE_BOARD);
  const alice = await open(server.url, await newContext());
  const bob = await open(server.url, await newContext());
  await follow(alice, 'kitchen');
  await follow(alice, 'garden');
  await follow(bob, 'kitchen');
  await publish(bob, 'kitchen', 'soup');
  await expect(lines(alice)).toHaveText(['1 · kitchen: soup']);

  await alice.getByRole('button', { name: 'Cut the line' }).click();
  await expect(status(alice)).toHaveText('The line is cut.');
  await publish(alice, 'kitchen', 'bread');
  await expect(lines(alice).last()).toHaveText('2 is published, and waits for us.');
  await publish(bob, 'garden', 'roses');
  await publish(bob, 'workshop', 'saw');
  await publish(bob, 'kitchen', 'tea');
  await expect(lines(bob)).toHaveText([
    '1 · kitchen: soup',
    '2 · kitchen: bread',
    '5 · kitchen: tea',
  ]);
  await expectAccessible(alice);
  await alice.getByRole('button', { name: 'Mend the line' }).click();

  await expect(status(alice)).toHaveText('Recovered: same id, same rooms, nothing missed.');
  await publish(bob, 'garden', 'last');
  await expect(lines(alice)).toHaveText([
    '1 · kitchen: soup',
    'The line is cut.',
    '2 is published, and waits for us.',
    '2 · kitchen: bread',
    '3 · garden: roses',
    '5 · kitchen: tea',
    'Recovered: 3 came late.',
    '6 · garden: last',
  ]);
  await expectAccessible(alice);
});

test('a server that has forgotten a page is told its rooms again', async ({
  startJava,
  newContext,
}) => {
  const server = await startJava(NOTICE_BOARD);
  const alice = await open(server.url, await newContext());
  await follow(alice, 'kitchen');
  await publish(alice, 'kitchen', 'soup');
  await expect(lines(alice)).toHaveText(['1 · kitchen: soup']);

  await server.kill9();
  await expect(status(alice)).toContainText('away');
  await publish(alice, 'kitchen', 'lost');
  await expect(lines(alice).last()).toHaveText('Not published: lost');
  await server.startAgain();
  await expect(status(alice)).toHaveText('New here: the server had forgotten us.');
  await eventually(
    'a notice arrives',
    async () => {
      await publish(alice, 'kitchen', 'bread');
      return lines(alice).last().textContent();
    },
    (line) => line?.endsWith('kitchen: bread') === true,
  );

  expect(server.output.filter((line) => line.startsWith('recovered'))).toEqual([]);
});

async function open(url: string, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(status(page)).toHaveText('Connected');
  return page;
}

async function follow(page: Page, room: string): Promise<void> {
  await page.getByRole('button', { name: room }).click();
  await expect(page.getByRole('button', { name: room, pressed: true })).toBeVisible();
}

async function publish(page: Page, room: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Room' }).selectOption(room);
  await page.getByLabel('Notice', { exact: true }).fill(text);
  const outcome = Promise.race([
    page.waitForResponse('**/notices?*'),
    page.waitForEvent('requestfailed', (request) => request.url().includes('/notices?')),
  ]);
  await page.getByRole('button', { name: 'Publish' }).click();
  await outcome;
}

function status(page: Page): Locator {
  return page.getByRole('status');
}

function lines(page: Page): Locator {
  return page.getByRole('log').getByRole('listitem');
}
