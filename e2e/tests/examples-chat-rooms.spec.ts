// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { test } from '../rig/test.ts';

const CHAT_ROOMS = {
  module: 'examples',
  mainClass: 'noom.examples.ChatRooms',
  args: ['--port', '0'],
};
const ORIGINAL_PAGE = readFileSync(
  join(import.meta.dirname, 'pages', 'original-rooms.html'),
  'utf8',
);

test('people come, talk and go, and the count follows', async ({ startJava, newContext }) => {
  const { url } = await startJava(CHAT_ROOMS);
  const alice = await open(url, await newContext());
  const bob = await open(url, await newContext());

  await enter(alice, 'tea');
  await expect(title(alice)).toHaveText('tea (1)');
  await setName(bob, 'Bob');
  await bob.getByRole('listitem').getByRole('button', { name: 'tea' }).click();
  await expect(title(bob)).toHaveText('tea (2)');
  await expect(title(alice)).toHaveText('tea (2)');
  await say(bob, '<img src=x onerror=alert(1)>');
  await say(alice, 'hello');
  await expect(lines(bob)).toHaveText(['You: <img src=x onerror=alert(1)>', 'Anon: hello']);
  await bob.getByRole('button', { name: 'Leave' }).click();

  await expect(title(alice)).toHaveText('tea (1)');
  await expect(lines(alice)).toHaveText([
    'Bob came in.',
    'Bob: <img src=x onerror=alert(1)>',
    'You: hello',
    'Bob left.',
  ]);
  await expectAccessible(alice);
  await expectAccessible(bob);
});

test('the list of open rooms is current for everybody', async ({ startJava, newContext }) => {
  const { url } = await startJava(CHAT_ROOMS);
  const alice = await open(url, await newContext());
  const bob = await open(url, await newContext());
  await expect(openRooms(bob)).toHaveText(['None yet: open the first.']);

  await enter(alice, 'tea <b>');
  await expect(openRooms(bob)).toHaveText(['tea <b>']);
  const late = await open(url, await newContext());
  await expect(openRooms(late)).toHaveText(['tea <b>']);
  await alice.close();

  await expect(openRooms(bob)).toHaveText(['None yet: open the first.']);
  await expect(openRooms(late)).toHaveText(['None yet: open the first.']);
});

test('people return to their room after the server was away', async ({ startJava, newContext }) => {
  const server = await startJava(CHAT_ROOMS);
  const alice = await open(server.url, await newContext());
  const bob = await open(server.url, await newContext());
  await setName(alice, 'Alice');
  await enter(alice, 'tea');
  await enter(bob, 'tea');

  await server.kill9();
  await expect(alice.getByRole('status')).toContainText('away');
  await say(alice, 'lost?');
  await expect(lines(alice).last()).toHaveText('Not sent: the server is away.');
  await server.startAgain();
  await expect(alice.getByRole('status')).toHaveText('Connected');
  await expect(bob.getByRole('status')).toHaveText('Connected');
  await expect(title(alice)).toHaveText('tea (2)');
  await expect(title(bob)).toHaveText('tea (2)');
  await alice.getByRole('button', { name: 'Send' }).click();

  await expect(lines(bob).last()).toHaveText('Alice: lost?');
});

test('it works where WebSocket is forbidden', async ({ startJava, startWall, newContext }) => {
  const { url } = await startJava(CHAT_ROOMS);
  const wall = await startWall(url);
  const alice = await open(wall.url, await newContext());
  const bob = await open(url, await newContext());
  await enter(alice, 'tea');
  await enter(bob, 'tea');

  await say(alice, 'through the wall');
  await say(bob, 'and back');

  await expect(lines(bob)).toContainText(['Anon: through the wall']);
  await expect(lines(alice)).toContainText(['Anon: and back']);
  expect(wall.refusedCount()).toBeGreaterThan(0);
});

test('a page written for the original works unmodified', async ({ startJava, newContext }) => {
  const { url } = await startJava(CHAT_ROOMS);
  const alice = await openOriginal(url, await newContext());
  const bob = await openOriginal(url, await newContext());
  const ours = await open(url, await newContext());

  await alice.getByLabel('room name').fill('tea');
  await alice.getByRole('button', { name: 'Enter room' }).click();
  await expect(alice).toHaveTitle('in with 0 arguments');
  await expect(bob.getByLabel('rooms').getByRole('listitem')).toHaveText(['tea']);
  await alice.getByLabel('nickname').fill('Alice');
  await alice.getByRole('button', { name: 'Save' }).click();
  await bob.getByLabel('room name').fill('tea');
  await bob.getByRole('button', { name: 'Enter room' }).click();
  await expect(alice.getByRole('heading')).toHaveText('Room tea (2)');
  await alice.getByLabel('message', { exact: true }).fill('hi');
  await alice.getByRole('button', { name: 'Send' }).click();
  await expect(bob.getByLabel('messages').getByRole('listitem')).toHaveText(['Alice: hi']);
  await enter(ours, 'tea');
  await alice.close();

  await expect(bob.getByLabel('messages').getByRole('listitem')).toHaveText([
    'Alice: hi',
    'Anon arrived!',
    'Alice left',
  ]);
  await expect(bob.getByRole('heading')).toHaveText('Room tea (2)');
  await expect(title(ours)).toHaveText('tea (2)');
});

async function open(url: string, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByRole('status')).toHaveText('Connected');
  return page;
}

/** The page as if the server had it: any answer of the server gives it that origin. */
async function openOriginal(url: string, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/socket.io/socket.io.js`);
  await page.setContent(ORIGINAL_PAGE);
  await page.waitForFunction("socket.io.engine?.transport.name === 'websocket'");
  return page;
}

async function enter(page: Page, room: string): Promise<void> {
  await page.getByLabel('Room', { exact: true }).fill(room);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(title(page)).toContainText(room);
}

async function setName(page: Page, name: string): Promise<void> {
  await page.getByLabel('Nickname').fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

function title(page: Page): Locator {
  return page.locator('#room-title');
}

function lines(page: Page): Locator {
  return page.getByRole('log').getByRole('listitem');
}

function openRooms(page: Page): Locator {
  return page.getByRole('region', { name: 'Open rooms' }).getByRole('listitem');
}
