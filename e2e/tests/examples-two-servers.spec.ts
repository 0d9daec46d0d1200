// SPDX-License-Identifier: Apache-2.0
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { test } from '../rig/test.ts';

const NODE_SIDE = 'examples/two-servers/node/server.mjs';

test('a page on either server sees and reads both', async ({
  startRedis,
  startJava,
  startNode,
  newContext,
}) => {
  const env = { REDIS_URL: (await startRedis()).url };
  const java = await startJava({
    module: 'examples',
    mainClass: 'noom.examples.TwoServers',
    args: ['--port', '0'],
    env,
  });
  const node = await startNode({ script: NODE_SIDE, args: ['--port', '0'], env });
  const alice = await open(java.url, 'Java', 'Alice', await newContext());
  const bob = await open(node.url, 'Node', 'Bob', await newContext());
  for (const page of [alice, bob]) {
    await expect(people(page)).toHaveText(['Alice Java', 'Bob Node']);
  }

  await say(alice, '<b>hello</b>');
  await expect(lines(bob)).toHaveText(['Alice: <b>hello</b> Java']);
  await say(bob, 'and back');

  for (const page of [alice, bob]) {
    await expect(lines(page)).toHaveText(['Alice: <b>hello</b> Java', 'Bob: and back Node']);
    await expectAccessible(page);
  }
  await bob.close();
  await expect(people(alice)).toHaveText(['Alice Java']);
});

test('the Node server goes on when the Java server ends', async ({
  startRedis,
  startJava,
  startNode,
  newContext,
}) => {
  const env = { REDIS_URL: (await startRedis()).url };
  const java = await startJava({
    module: 'examples',
    mainClass: 'noom.examples.TwoServers',
    args: ['--port', '0'],
    env,
  });
  const node = await startNode({ script: NODE_SIDE, args: ['--port', '0'], env });
  await open(java.url, 'Java', 'Alice', await newContext());
  const bob = await open(node.url, 'Node', 'Bob', await newContext());
  await expect(people(bob)).toHaveText(['Alice Java', 'Bob Node']);

  await java.stop();

  await expect(people(bob)).toHaveText(['Bob Node']);
  await java.startAgain();
  await expect(people(bob)).toHaveText(['Alice Java', 'Bob Node']);
});

async function open(
  url: string,
  server: string,
  name: string,
  context: BrowserContext,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByText(`You are on the ${server} server.`)).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('Connected');
  await page.getByLabel('Nickname').fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(people(page).filter({ hasText: name })).toBeVisible();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

function people(page: Page): Locator {
  return page.getByRole('region', { name: 'Here, on both servers' }).getByRole('listitem');
}

function lines(page: Page): Locator {
  return page.getByRole('log').getByRole('listitem');
}
