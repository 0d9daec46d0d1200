// SPDX-License-Identifier: Apache-2.0
import puppeteer, { type Browser } from 'puppeteer-core';

import { findProgram } from './paths.ts';

/** The system's Firefox: `NOOM_FIREFOX` if set, else the first on the PATH. */
export function findFirefox(): string {
  return (
    process.env['NOOM_FIREFOX'] ??
    findProgram(['firefox-esr', 'firefox'], 'Install it: apt-get install firefox-esr')
  );
}

/**
 * Starts Firefox with a fake camera and microphone. The caller closes it.
 *
 * It has no H264, and sends small pictures for a while after the start.
 */
export async function launchFirefox(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    acceptInsecureCerts: true, // of `--lan`
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      // Needed to reach a peer on 127.0.0.1.
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.autoplay.default': 0,
    },
  });
}
