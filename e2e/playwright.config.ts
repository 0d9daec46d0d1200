// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from '@playwright/test';

import { chromiumOptions } from './rig/chromium.ts';
import { LIMIT_MILLIS } from './rig/eventually.ts';

/** Wait more than they compute, or only chat: for compilers, for who is silent to be given up. */
const WAITING = [
  'dev.spec.ts',
  'examples-chat-rooms.spec.ts',
  'examples-notice-board.spec.ts',
  'examples-public-chat.spec.ts',
  'examples-thermometers.spec.ts',
  'examples-two-servers.spec.ts',
  'killed.spec.ts',
];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // Calls want the machine alone. What waits goes beside those that come first, which are light.
  workers: 2,
  projects: [
    { name: 'waiting', testMatch: WAITING, workers: 1 },
    { name: 'busy', testIgnore: WAITING, workers: 1 },
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 4 * LIMIT_MILLIS,
  expect: { timeout: LIMIT_MILLIS },
  reporter: [['list'], ['json', { outputFile: 'test-results/results.json' }]],
  use: {
    launchOptions: chromiumOptions(),
    actionTimeout: LIMIT_MILLIS,
    navigationTimeout: LIMIT_MILLIS,
    // What was done and what came of it, without pictures: of calls they would cost too much.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
});
