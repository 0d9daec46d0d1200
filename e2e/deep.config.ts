// SPDX-License-Identifier: Apache-2.0
// `./noom deep wire`: what takes minutes and wants the machine alone.
import { defineConfig } from '@playwright/test';

import tests from './playwright.config.ts';

export default defineConfig(tests, {
  testDir: 'deep',
  testMatch: '*.deep.ts',
  outputDir: 'test-results/deep',
  workers: 1,
  timeout: 20 * 60_000,
});
