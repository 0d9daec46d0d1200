// SPDX-License-Identifier: Apache-2.0
// What people do in Noom, and what they notice: by role and label, as a screen reader would.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type BrowserContext, expect, type Locator, type Page, request } from '@playwright/test';

import { atExit } from '../../rig/cleanup.ts';
import type { JavaProgram, JavaServer } from '../../rig/java.ts';
import type { Rig, SharedRig } from '../../rig/test.ts';
import { expectTalk } from '../../rig/while.ts';

/** The server on a free port with an empty data folder. */
export function noom(...more: string[]): JavaProgram {
  const data = mkdtempSync(join(tmpdir(), 'noom-data-'));
  atExit(() => {
    rmSync(data, { recursive: true, force: true });
  });
  return {
    module: 'server',
    mainClass: 'noom.server.Main',
    args: ['--port', '0', '--data', data, ...more],
  };
}

let ordinary: JavaProgram | undefined;

/** The address of a server that other tests use as well: what is in a meeting is no others' business. */
export async function ordinaryNoom(sharedJava: SharedRig['sharedJava']): Promise<string> {
  ordinary ??= noom();
  return sharedJava(ordinary);
}

/** Makes a meeting over REST and returns its link. */
export async function makeMeeting(base: string, title = 'Tea', listed = false): Promise<string> {
  const client = await request.newContext({ ignoreHTTPSErrors: true });
  const answer = await client.post(`${base}/api/meetings`, { data: { title, listed } });
  const { id } = (await answer.json()) as { id: string };
  await client.dispose();
  return `${base}/m/${id}`;
}

/** Makes one from where a browser is, as tests themselves do not reach into a namespace. */
export async function makeMeetingFrom(context: BrowserContext, base: string): Promise<string> {
  const home = await context.newPage();
  await home.goto(base);
  const link = await home.evaluate(async () => {
    const answer = await fetch('/api/meetings', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Tea', listed: false }),
    });
    const { id } = (await answer.json()) as { id: string };
    return `${location.origin}/m/${id}`;
  });
  await home.close();
  return link;
}

/** Opens a link, says a name and joins; waits for the toolbar. */
export async function joinMeeting(
  context: BrowserContext,
  link: string,
  name: string,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(link);
  await fillName(page, name);
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(controls(page)).toBeVisible();
  return page;
}

export async function fillName(page: Page, name: string): Promise<void> {
  await page.getByLabel('Your name').fill(name);
}

/** Two people in one meeting, each seeing and hearing the other. */
export async function callBetween(
  link: string,
  one: BrowserContext,
  other: BrowserContext,
): Promise<[Page, Page]> {
  const ada = await joinMeeting(one, link, 'Ada');
  const bob = await joinMeeting(other, link, 'Bob');
  await expectTalk(ada, 'Ada');
  await expectTalk(bob, 'Bob');
  return [ada, bob];
}

/** A meeting on the ordinary server in which Ada and Bob see and hear each other. */
export async function ordinaryCall(
  sharedJava: SharedRig['sharedJava'],
  newContext: Rig['newContext'],
): Promise<{ readonly url: string; ada: Page; bob: Page }> {
  const url = await ordinaryNoom(sharedJava);
  const [ada, bob] = await callBetween(
    await makeMeeting(url),
    await newContext(),
    await newContext(),
  );
  return { url, ada, bob };
}

/** A server of its own with a meeting in which Ada and Bob see and hear each other. */
export async function callOfTwo(
  startJava: Rig['startJava'],
  newContext: Rig['newContext'],
  ...options: string[]
): Promise<{ readonly server: JavaServer; readonly link: string; ada: Page; bob: Page }> {
  const server = await startJava(noom(...options));
  const link = await makeMeeting(server.url);
  const [ada, bob] = await callBetween(link, await newContext(), await newContext());
  return { server, link, ada, bob };
}

export function controls(page: Page): Locator {
  return page.getByRole('toolbar', { name: 'Call controls' });
}

export function key(page: Page, name: string): Locator {
  return controls(page).getByRole('button', { name, exact: true });
}

export async function openChat(page: Page): Promise<void> {
  await key(page, 'Chat').click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
}

export async function say(page: Page, text: string): Promise<void> {
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill(text);
  await box.press('Enter');
}

export function messages(page: Page): Locator {
  return page.getByRole('region', { name: 'Messages' });
}

/** Fails when the page is loaded anew from here on; call the returned function at the end. */
export async function watchReloads(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    document.documentElement.dataset['loadedOnce'] = 'yes';
  });
  return async () => {
    expect(await page.evaluate(() => document.documentElement.dataset['loadedOnce'])).toBe('yes');
  };
}

/** Chooses another camera in the menu beside the camera key: the first or the last, see rig. */
export async function chooseOtherCamera(page: Page): Promise<void> {
  await controls(page).getByRole('button', { name: 'Cameras' }).click();
  const items = page.getByRole('menuitemradio');
  await expect(items.first()).toBeVisible();
  const isLast = (await items.last().getAttribute('aria-checked')) === 'true';
  await (isLast ? items.first() : items.last()).click();
}
