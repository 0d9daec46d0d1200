// SPDX-License-Identifier: Apache-2.0
// `npm run shots`: pictures of every screen into docs/images.
import { defineConfig } from '@playwright/test';

import tests from './playwright.config.ts';

export default defineConfig(tests, {
  testDir: 'shots',
  testMatch: '*.shot.ts',
  outputDir: 'test-results/shots',
});
