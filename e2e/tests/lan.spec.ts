// SPDX-License-Identifier: Apache-2.0
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect } from 'node:tls';

import { expect } from '@playwright/test';

import type { JavaServer } from '../rig/java.ts';
import { test } from '../rig/test.ts';
import { noom } from './pages/noom.ts';

const FINGERPRINT = /^\s*((?:[0-9A-F]{2}:){31}[0-9A-F]{2})\s*$/;

test('a phone nearby comes in by https, with a certificate that can be checked', async ({
  startJava,
  browser,
}) => {
  const server = await startJava(noom('--lan'));
  const { protocol, hostname } = new URL(server.url);
  expect(protocol).toBe('https:');
  expect(hostname, 'an address that others can reach').not.toMatch(/^(127\.|localhost|0\.0\.0\.0)/);
  // The fingerprint is the last thing it says, after the line that the rig waits for.
  await expect.poll(() => printedFingerprints(server).length).toBe(1);
  expect(qrRows(server.output), 'rows of the QR code').toBeGreaterThan(10);
  const printed = printedFingerprints(server);
  expect(printed).toHaveLength(1);
  expect(await fingerprintSeen(server)).toBe(printed[0]);

  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  await page.goto(server.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await openCamera(page)).toBe('live');
  await context.close();
});

test('the certificate stays the same after a restart', async ({ startJava }) => {
  const server = await startJava(noom('--lan'));
  const before = await fingerprintSeen(server);

  await server.stop();
  await server.startAgain();

  expect(await fingerprintSeen(server)).toBe(before);
  await expect.poll(() => printedFingerprints(server)).toEqual([before, before]);
});

test('plain http gets nothing from the https port', async ({ startJava }) => {
  const server = await startJava(noom('--lan'));
  const { hostname } = new URL(server.url);
  const socket = connectPlain(server.port, hostname);
  let answer = '';
  socket.on('data', (bytes: Buffer) => (answer += bytes.toString('latin1')));
  socket.on('error', () => undefined); // a reset is as good as an end
  socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  await once(socket, 'close');
  expect(answer).not.toContain('HTTP/');
  expect(answer).not.toContain('<');
});

interface CameraPage {
  evaluate<R>(run: () => Promise<R>): Promise<R>;
}

/** Plain http from such an address has no `mediaDevices` at all. */
async function openCamera(page: CameraPage): Promise<string> {
  return page.evaluate(async () => {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (devices === undefined) return 'no mediaDevices';
    const stream = await devices.getUserMedia({ video: true });
    return stream.getVideoTracks()[0]?.readyState ?? 'no track';
  });
}

/** As somebody sees it who compares what the browser shows with what the terminal says. */
async function fingerprintSeen(server: JavaServer): Promise<string> {
  const { hostname } = new URL(server.url);
  const socket = connect({ host: hostname, port: server.port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

function printedFingerprints({ output }: JavaServer): string[] {
  return output.flatMap((line) => FINGERPRINT.exec(line)?.[1] ?? []);
}

function qrRows(output: readonly string[]): number {
  return output.filter((line) => /^[\s█▀▄]+$/.test(line) && /[█▀▄]/.test(line)).length;
}
