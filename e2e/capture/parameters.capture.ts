// SPDX-License-Identifier: Apache-2.0
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { eventually } from '../rig/eventually.ts';
import { REPOSITORY } from '../rig/paths.ts';
import type { AnyPage } from '../rig/stats.ts';
import { test } from '../rig/test.ts';
import { meetingOf } from '../tests/pages/group.ts';
import { makeMeeting, noom } from '../tests/pages/noom.ts';

const RESOURCES = join(REPOSITORY, 'sfu/src/test/resources/noom/sfu/ortc');

declare global {
  interface Window {
    __said: string[];
  }
}

/** Runs in a page before its own scripts: remembers what it says to the server. */
function recordRequests(): void {
  const said: string[] = [];
  window.__said = said;
  window.WebSocket = class extends WebSocket {
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (typeof data === 'string') said.push(data);
      super.send(data);
    }
  };
}

/** What a page has asked for by this name, the last time. */
async function lastRequest(page: AnyPage, name: string): Promise<Record<string, unknown>> {
  const find = async (): Promise<Record<string, unknown> | undefined> => {
    const said = await page.evaluate(() => window.__said);
    const events = said
      .filter((packet) => /^42\d*\[/.test(packet))
      .map((packet) => JSON.parse(packet.slice(packet.indexOf('['))) as [string, unknown]);
    return events.findLast(
      ([event, body]) => event === name && (body as { direction?: string }).direction !== 'send',
    )?.[1] as Record<string, unknown> | undefined;
  };
  const found = await eventually(name, find, (request) => request !== undefined);
  return found ?? {};
}

function keep(path: string, value: unknown): void {
  writeFileSync(join(RESOURCES, path), `${JSON.stringify(value, null, 1)}\n`);
}

test('what browsers can receive', async ({ startJava, newContext, newFirefoxPage }) => {
  const { url } = await startJava(noom('--lan'));
  const link = await makeMeeting(url);
  const [chromium] = await meetingOf(2, link, async () => {
    const context = await newContext();
    await context.addInitScript(recordRequests);
    return context;
  });
  const firefox = await newFirefoxPage();
  await firefox.evaluateOnNewDocument(recordRequests);
  await firefox.goto(link);
  await firefox
    .locator('::-p-xpath(//input[@id=//label[normalize-space()="Your name"]/@for])')
    .fill('Cleo');
  await firefox.locator('::-p-xpath(//button[normalize-space()="Join"])').click();
  if (!chromium) throw new Error('nobody came');

  for (const [name, page] of [
    ['chromium', chromium],
    ['firefox', firefox],
  ] as const) {
    const { rtpCapabilities } = await lastRequest(page, 'media:open');
    keep(`receive/receive-${name}.json`, rtpCapabilities);
  }
});

/**
 * Safari names simulcast layers by SSRC instead of rid. It does not run here, so this is made of
 * what Chromium sent, in the form in which mediasoup-client's handler for Safari reports it.
 */
test('what Safari would send', () => {
  const file = join(RESOURCES, 'produce/produce-chromium-vp8-3enc-L1T3.json');
  const sent = JSON.parse(readFileSync(file, 'utf8')) as {
    encodings: Record<string, unknown>[];
    rtcp: Record<string, unknown>;
  };
  keep('produce/produce-safari-vp8-3enc-L1T3.json', {
    ...sent,
    encodings: sent.encodings.map(({ scalabilityMode, maxBitrate, active }, at) => ({
      ssrc: 1_000_001 + at,
      rtx: { ssrc: 2_000_001 + at },
      active,
      scalabilityMode,
      maxBitrate,
    })),
    rtcp: { ...sent.rtcp, cname: 'safari-cname' },
  });
});
