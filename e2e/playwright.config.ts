// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from '@playwright/test';

import { chromiumOptions } from './rig/chromium.ts';
import { LIMIT_MILLIS } from './rig/eventually.ts';

/** Pages without a call: they wait more than they compute, so two fit side by side. */
const PAGES = [
  'screens.spec.ts',
  'admin-ui.spec.ts',
  'examples-chat-rooms.spec.ts',
  'examples-notice-board.spec.ts',
  'examples-public-chat.spec.ts',
  'examples-thermometers.spec.ts',
  'examples-two-servers.spec.ts',
];

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  workers: 2,
  projects: [
    { name: 'pages', testMatch: PAGES, fullyParallel: true },
    // Calls come after the pages, one at a time: moving pictures take a whole machine.
    { name: 'calls', testIgnore: PAGES, workers: 1, dependencies: ['pages'] },
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
    screenshot: 'only-on-failure',
    // Without its film: of pages that show moving pictures it would cost more than the calls.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: true },
  },
});
