// SPDX-License-Identifier: Apache-2.0
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

import { expectAccessible } from '../rig/accessible.ts';
import { test } from '../rig/test.ts';

const THERMOMETERS = {
  module: 'examples',
  mainClass: 'noom.examples.Thermometers',
  args: ['--port', '0'],
};

test('a reading that comes by REST is seen by all, and asked for on the event bus', async ({
  startJava,
  newContext,
}) => {
  const { url } = await startJava(THERMOMETERS);
  const alice = await open(url, await newContext());
  const bob = await open(url, await newContext());
  await expect(alice.getByText('None yet')).toBeVisible();

  await send(alice, 'cellar', '12');
  await send(bob, 'roof / east', '-3.5');
  for (const page of [alice, bob]) {
    await expect(readings(page)).toHaveText(['cellar: 12.0 °C', 'roof / east: -3.5 °C']);
    await expectAccessible(page);
  }
  await send(bob, 'cellar', '13');
  await expect(readings(alice)).toHaveText(['cellar: 13.0 °C', 'roof / east: -3.5 °C']);
  await ask(alice, 'cellar');
  await expect(alice.getByText('It is 13.0 °C in cellar.')).toBeVisible();
  await ask(alice, 'moon');
  await expect(alice.getByText('Nobody has measured in moon.')).toBeVisible();
  const late = await open(url, await newContext());

  await expect(readings(late)).toHaveText(['cellar: 13.0 °C', 'roof / east: -3.5 °C']);
});

async function open(url: string, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByRole('status')).toHaveText('Connected');
  return page;
}

async function send(page: Page, place: string, celsius: string): Promise<void> {
  await page.locator('#place').fill(place);
  await page.getByLabel('Celsius').fill(celsius);
  await page.getByRole('button', { name: 'Send' }).click();
}

async function ask(page: Page, place: string): Promise<void> {
  await page.locator('#asked').fill(place);
  await page.getByRole('button', { name: 'Ask' }).click();
}

function readings(page: Page): Locator {
  return page.getByRole('list', { name: 'Readings' }).getByRole('listitem');
}
