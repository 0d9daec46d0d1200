// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LaunchOptions } from '@playwright/test';

import { atExit } from './cleanup.ts';
import { findProgram, isRoot } from './paths.ts';

/** What a launch may ask for beyond the usual. */
export interface ChromiumWishes {
  /** Network namespace to run in; the machine's own if absent. */
  readonly namespace?: string;
  /** Plain-http origins that may use the camera all the same, for example `http://10.81.0.1:3000`. */
  readonly trustedOrigins?: readonly string[];
  /** More command-line flags. */
  readonly args?: readonly string[];
}

/**
 * Hosts that Chromium asks for on its own account, whatever the page does. It is told that they do
 * not exist, so that all it still sends elsewhere is the page's doing. Exact names only: a page that
 * asks a public STUN server of the same company must be seen.
 */
const VENDOR_HOSTS = [
  'accounts.google.com',
  'content-autofill.googleapis.com',
  'optimizationguide-pa.googleapis.com',
  'update.googleapis.com',
];

/** The system's Chromium: `NOOM_CHROMIUM` if set, else the first on the PATH. */
export function findChromium(): string {
  return (
    process.env['NOOM_CHROMIUM'] ??
    findProgram(
      ['chromium', 'chromium-browser', 'google-chrome'],
      'Install it: apt-get install chromium',
    )
  );
}

/**
 * Options for Playwright: three fake cameras (30 fps) and a microphone that beeps, nobody is asked.
 * The second camera sees depth (Y16), which WebRTC does not send: use the first and the third.
 */
export function chromiumOptions(wishes: ChromiumWishes = {}): LaunchOptions {
  const trusted = wishes.trustedOrigins ?? [];
  return {
    executablePath: wishes.namespace === undefined ? findChromium() : chromiumIn(wishes.namespace),
    headless: true,
    // Chromium refuses its sandbox to root; everybody else keeps it.
    chromiumSandbox: !isRoot(),
    args: [
      '--use-fake-device-for-media-stream=device-count=3,fps=30',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      `--host-resolver-rules=${VENDOR_HOSTS.map((host) => `MAP ${host} ~NOTFOUND`).join(', ')}`,
      ...(trusted.length > 0
        ? [`--unsafely-treat-insecure-origin-as-secure=${trusted.join(',')}`]
        : []),
      ...(wishes.args ?? []),
    ],
  };
}

/** A script that is Chromium inside a network namespace. Playwright talks to it over a pipe. */
function chromiumIn(namespace: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'noom-chromium-'));
  atExit(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const script = join(folder, 'chromium');
  writeFileSync(script, `#!/bin/sh\nexec ip netns exec ${namespace} ${findChromium()} "$@"\n`);
  chmodSync(script, 0o755);
  return script;
}
