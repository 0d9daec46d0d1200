// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from '@playwright/test';

import { chromiumOptions } from './rig/chromium.ts';
import { LIMIT_MILLIS } from './rig/eventually.ts';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  workers: 1,
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
