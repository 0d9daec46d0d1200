// SPDX-License-Identifier: Apache-2.0
import { expect, type Page } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { eventually } from '../rig/eventually.ts';
import { test } from '../rig/test.ts';

const PUBLIC_CHAT = {
  module: 'examples',
  mainClass: 'noom.examples.PublicChat',
  args: ['--port', '0'],
};

test('two browsers chat, and the sender sees You', async ({ startJava, newContext }) => {
  const server = await startJava(PUBLIC_CHAT);
  const alice = await open(server.url, await newContext());
  const bob = await open(server.url, await newContext());

  await alice.getByLabel('Nickname').fill('Alice');
  await alice.getByRole('button', { name: 'Save' }).click();
  await say(alice, 'hello <b>Bob</b>');
  await expect(lines(bob)).toContainText(['Welcome', 'Alice: hello <b>Bob</b>']);
  await say(bob, 'who is it?');

  await expect(lines(bob)).toContainText(['Welcome', 'Alice: hello <b>Bob</b>', 'You: who is it?']);
  await expect(lines(alice)).toContainText([
    'Welcome',
    'You are now Alice.',
    'You: hello <b>Bob</b>',
    'Anon: who is it?',
  ]);
  await expect(bob.locator('b')).toHaveCount(0);
  await expectAccessible(bob);
});

test('the server knows who opens and closes', async ({ startJava, newContext }) => {
  const server = await startJava(PUBLIC_CHAT);
  const alice = await open(server.url, await newContext());
  await open(server.url, await newContext());

  await alice.close();

  await eventually(
    'the server sees the close',
    () => server.output,
    (output) => output.includes('opened: 2 here') && output.includes('closed: 1 here'),
  );
});

test('the page knows when the server dies, and comes back', async ({ startJava, newContext }) => {
  const server = await startJava(PUBLIC_CHAT);
  const alice = await open(server.url, await newContext());
  const bob = await open(server.url, await newContext());
  await alice.getByLabel('Nickname').fill('Alice');
  await alice.getByRole('button', { name: 'Save' }).click();

  await server.kill9();
  await expect(alice.getByRole('status')).toContainText('away');
  await server.startAgain();
  await expect(alice.getByRole('status')).toHaveText('Connected');
  await expect(bob.getByRole('status')).toHaveText('Connected');
  await say(alice, 'back again');

  await expect(lines(bob).last()).toHaveText('Alice: back again');
});

test('every other address leads home', async ({ startJava, newContext }) => {
  const server = await startJava(PUBLIC_CHAT);
  const page = await (await newContext()).newPage();

  await page.goto(`${server.url}/somewhere/else`);

  expect(page.url()).toBe(`${server.url}/`);
  await expect(page.getByRole('heading', { name: 'Public chat' })).toBeVisible();
});

async function open(url: string, context: { newPage(): Promise<Page> }): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByRole('status')).toHaveText('Connected');
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

function lines(page: Page): ReturnType<Page['getByRole']> {
  return page.getByRole('log').getByRole('listitem');
}
