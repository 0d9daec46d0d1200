// SPDX-License-Identifier: Apache-2.0
import {
  type Browser,
  type BrowserContext,
  type BrowserServer,
  chromium,
  test as base,
} from '@playwright/test';
import type { Browser as Firefox, Page as FirefoxPage } from 'puppeteer-core';

import { type CameraShape, LIVELY_CAMERA, shapeCameras, SMALL_CAMERA } from './camera.ts';
import { type ChromiumWishes, chromiumOptions } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import { type JavaProgram, JavaServer } from './java.ts';
import { NatLab } from './netns.ts';
import { type NodeScript, type Program, startNode, startRedis } from './programs.ts';
import { recordPeerConnections } from './stats.ts';
import { recordCapturedTracks } from './tracks.ts';
import { buildWall, type Wall } from './wall.ts';
import { WireLab } from './wirelab.ts';

/** What every browser test can ask for. All of it is closed when the test ends, however it ends. */
export interface Rig {
  /** Starts a Java program. */
  readonly startJava: (program: JavaProgram) => Promise<JavaServer>;
  /** Starts a script in Node. */
  readonly startNode: (script: NodeScript) => Promise<Program>;
  /** Starts a `redis-server` of its own, on a free port, that keeps nothing. */
  readonly startRedis: () => Promise<Program>;
  /** Opens a context of its own (own storage, own camera) in the shared browser. */
  readonly newContext: (camera?: CameraShape) => Promise<BrowserContext>;
  /**
   * Opens a context in a Chromium of its own, for example in a network namespace, or in one that
   * was opened so before.
   */
  readonly newContextIn: (
    wishes: ChromiumWishes,
    beside?: Browser | null,
    camera?: CameraShape,
  ) => Promise<BrowserContext>;
  /** Opens a context in a Chromium of its own that can be killed. */
  readonly newMortal: () => Promise<Mortal>;
  /** Opens a page in Firefox, with statistics recorded. It is Puppeteer's: Playwright cannot drive it. */
  readonly newFirefoxPage: () => Promise<FirefoxPage>;
  /** Puts a proxy that forbids WebSocket in front of a server. */
  readonly startWall: (url: string) => Promise<Wall>;
  /** A server and two clients behind NAT. Needs root. */
  readonly natLab: NatLab;
  /** A server and browsers with a bad wire between them. Needs root. */
  readonly wireLab: WireLab;
}

/** A context whose browser dies when told, without a word to anybody. */
export interface Mortal {
  readonly context: BrowserContext;
  readonly kill: () => void;
}

/** What the tests of one worker have together. */
export interface SharedRig {
  /**
   * Gives the address of a Java program that other tests of this worker use as well, and that is
   * started once for all: for tests that do nothing to the program itself.
   */
  readonly sharedJava: (program: JavaProgram) => Promise<string>;
}

export const test = base.extend<Rig, SharedRig>({
  sharedJava: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const servers = new Map<JavaProgram, JavaServer>();
      await use(async (program) => {
        const server = servers.get(program) ?? (await JavaServer.start(program));
        servers.set(program, server);
        return server.url;
      });
      for (const server of servers.values()) await server.stop();
    },
    { scope: 'worker' },
  ],

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  startJava: async ({}, use) => {
    const servers: JavaServer[] = [];
    await use(async (program) => {
      const server = await JavaServer.start(program);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.stop();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  startNode: async ({}, use) => {
    const started: Program[] = [];
    await use(async (script) => {
      const program = await startNode(script);
      started.push(program);
      return program;
    });
    for (const program of started) await program.stop();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  startRedis: async ({}, use) => {
    const started: Program[] = [];
    await use(async () => {
      const program = await startRedis();
      started.push(program);
      return program;
    });
    for (const program of started) await program.stop();
  },

  newContext: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (camera = LIVELY_CAMERA) => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true }); // of `--lan`
      contexts.push(context);
      return prepared(context, camera);
    });
    for (const context of contexts) await context.close();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  newContextIn: async ({}, use) => {
    const browsers: Browser[] = [];
    await use(async (wishes, beside, camera = LIVELY_CAMERA) => {
      const browser = beside ?? (await chromium.launch(chromiumOptions(wishes)));
      if (browser !== beside) browsers.push(browser);
      return prepared(await browser.newContext(), camera);
    });
    for (const browser of browsers) await browser.close();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  newMortal: async ({}, use) => {
    const servers: BrowserServer[] = [];
    await use(async () => {
      const server = await chromium.launchServer(chromiumOptions());
      servers.push(server);
      const browser = await chromium.connect(server.wsEndpoint());
      const context = await prepared(await browser.newContext(), SMALL_CAMERA);
      return { context, kill: () => void server.process().kill('SIGKILL') };
    });
    for (const server of servers) await server.kill();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  newFirefoxPage: async ({}, use) => {
    let firefox: Firefox | undefined;
    await use(async () => {
      firefox ??= await launchFirefox();
      const page = await firefox.newPage();
      await page.evaluateOnNewDocument(recordPeerConnections);
      await page.evaluateOnNewDocument(recordCapturedTracks);
      return page;
    });
    await firefox?.close();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  startWall: async ({}, use) => {
    const walls: Wall[] = [];
    await use(async (url) => {
      const wall = await buildWall(url);
      walls.push(wall);
      return wall;
    });
    for (const wall of walls) wall.close();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  natLab: async ({}, use) => {
    const lab = NatLab.build();
    await use(lab);
    lab.close();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  wireLab: async ({}, use) => {
    const lab = await WireLab.build();
    await use(lab);
    lab.close();
  },
});

async function prepared(context: BrowserContext, camera: CameraShape): Promise<BrowserContext> {
  await context.addInitScript(shapeCameras, camera);
  await context.addInitScript(recordPeerConnections);
  await context.addInitScript(recordCapturedTracks);
  return context;
}
