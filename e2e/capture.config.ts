// SPDX-License-Identifier: Apache-2.0
// `npm run capture`: what browsers of today say of themselves, into the test resources of `sfu`.
import { defineConfig } from '@playwright/test';

import tests from './playwright.config.ts';

export default defineConfig(tests, {
  testDir: 'capture',
  testMatch: '*.capture.ts',
  outputDir: 'test-results/capture',
  workers: 1,
});
