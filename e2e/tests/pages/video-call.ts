// SPDX-License-Identifier: Apache-2.0
// What people do on the page of examples/video-call, and what they notice.
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

import { letOvertake } from '../../rig/overtake.ts';

export async function open(url: string, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByRole('status')).toHaveText('Connected');
  return page;
}

export async function join(page: Page, room: string): Promise<void> {
  await page.getByLabel('Room').fill(room);
  await page.getByRole('button', { name: 'Join' }).click();
  await expect(page.getByRole('region', { name: 'Call' })).toBeVisible();
}

/** Both in one room, connected, with an open data channel; the first makes the offer. */
export async function callBetween(
  url: string,
  one: BrowserContext,
  other: BrowserContext,
): Promise<[Page, Page]> {
  const first = await open(url, one);
  const second = await open(url, other);
  await join(first, 'tea');
  await expect(first.getByRole('status')).toHaveText('Waiting for the other one…');
  await join(second, 'tea');
  await expect(first.getByRole('button', { name: 'Send' })).toBeEnabled();
  await expect(second.getByRole('button', { name: 'Send' })).toBeEnabled();
  return [first, second];
}

export async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

export function log(page: Page): Locator {
  return page.getByRole('log').getByRole('listitem');
}

export function cameras(page: Page): Locator {
  return page.getByLabel('Camera', { exact: true });
}

/** Chooses the last camera that is not selected now, and returns its id. */
export async function chooseOtherCamera(page: Page): Promise<string> {
  const now = await cameras(page).inputValue();
  const ids = await cameras(page)
    .locator('option')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  const other = ids.findLast((id) => id !== now);
  if (other === undefined) throw new Error('there is only one camera');
  await cameras(page).selectOption(other);
  return other;
}

/** Lets `count` candidates overtake the offer on their way to pages of this context. */
export function holdOfferBack(
  context: BrowserContext,
  count: number,
): Promise<{ readonly faster: number }> {
  return letOvertake(context, count, {
    isHeld: (packet) => packet.startsWith('42["offer"'),
    isFaster: (packet) => packet.startsWith('42["ice"'),
  });
}

/** Makes pages of this context believe, just before an offer comes, that they should offer too. */
export async function makeBothOffer(context: BrowserContext): Promise<void> {
  await context.routeWebSocket(/\/socket\.io\//, (browser) => {
    browser.connectToServer().onMessage((message) => {
      if (message.toString().startsWith('42["offer"')) browser.send('42["welcome"]');
      browser.send(message);
    });
  });
}
