// SPDX-License-Identifier: Apache-2.0
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';

import { type CameraShape, shapeCameras } from './camera.ts';
import { chromiumOptions } from './chromium.ts';
import { eventually } from './eventually.ts';
import { JavaServer } from './java.ts';
import { readStats, recordPeerConnections } from './stats.ts';
import { pictures } from './streams.ts';
import { type Locale, type Word, word } from './words.ts';

/** How the pages of a place look. */
export interface Look {
  readonly locale: Locale;
  readonly theme: 'light' | 'dark';
  readonly size: 'desktop' | 'phone';
}

/** What is set up for pictures. */
export interface Stage {
  /** Browser of the second person of the call, whose camera sees something else. */
  readonly other?: Browser;
  /** What cameras give; what they like if absent. */
  readonly camera?: CameraShape;
  /** Runs in each page before its own scripts. */
  readonly script?: () => void;
}

/** Two people in one meeting. */
export interface CallOfTwo {
  readonly link: string;
  readonly ada: Page;
  readonly bob: Page;
}

const NAMES = {
  en: ['Ada', 'Bob', 'Cleo', 'Dan'],
  ko: ['김지우', '박서연', '이하준', '최민서'],
} as const;

/** People who fit into a meeting of such a place. */
export const SEATS = 3;

const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

/**
 * A server with pages of one look, and a call of two that is made once and used again: for going
 * through many screens quickly. Whatever the pages complain about is kept.
 */
export class Place {
  readonly server: JavaServer;
  readonly look: Look;
  readonly names: readonly [string, string, string, string];
  readonly #browser: Browser;
  readonly #stage: Stage;
  #blocking: Browser | undefined;
  readonly #contexts = new Set<BrowserContext>();
  readonly #tabs = new WeakMap<BrowserContext, Page>();
  readonly #complaints: string[] = [];
  #call: CallOfTwo | undefined;
  #third: Page | undefined;

  constructor(server: JavaServer, browser: Browser, look: Look, stage: Stage = {}) {
    this.server = server;
    this.look = look;
    this.names = NAMES[look.locale];
    this.#browser = browser;
    this.#stage = stage;
  }

  /** The text with this meaning in the language of the pages. */
  t(key: Word, values: Readonly<Record<string, string | number>> = {}): string {
    return word(this.look.locale, key, values);
  }

  /** A page of somebody new, with storage and camera of their own. */
  async newPage(more: BrowserContextOptions = {}): Promise<Page> {
    return this.#newPageIn(this.#browser, more);
  }

  /** A page that may use neither camera nor microphone. */
  async newBlockedPage(): Promise<Page> {
    this.#blocking ??= await chromium.launch(
      chromiumOptions({ args: ['--use-fake-ui-for-media-stream=deny'] }),
    );
    return this.#newPageIn(this.#blocking, {});
  }

  async #newPageIn(browser: Browser, more: BrowserContextOptions): Promise<Page> {
    const { locale, theme, size } = this.look;
    const context = await browser.newContext({
      locale: locale === 'ko' ? 'ko-KR' : 'en-US',
      colorScheme: theme,
      reducedMotion: 'reduce', // colours are looked at, not their changing
      ...SIZES[size],
      ...more,
    });
    this.#contexts.add(context);
    await context.addInitScript(recordPeerConnections);
    if (this.#stage.camera !== undefined) {
      await context.addInitScript(shapeCameras, this.#stage.camera);
    }
    if (this.#stage.script !== undefined) await context.addInitScript(this.#stage.script);
    context.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(message.text());
    });
    context.on('weberror', (error) => this.#complaints.push(error.error().message));
    return context.newPage();
  }

  /** Chooses a language and a theme as its user would in another tab. */
  async chooseElsewhere(page: Page, { locale, theme }: Omit<Look, 'size'>): Promise<void> {
    const tab = await this.#tabBeside(page);
    await tab.evaluate(
      (chosen) => {
        const saved = JSON.parse(localStorage.getItem('noom.preferences') ?? '{}') as object;
        localStorage.setItem('noom.preferences', JSON.stringify({ ...saved, ...chosen }));
      },
      { locale, theme },
    );
    const document = page.locator('html');
    await expect(document).toHaveAttribute('lang', locale);
    await expect(document).toHaveAttribute('data-theme', theme);
  }

  /** Another tab of the same browser: an empty page of the same origin, which needs no server. */
  async #tabBeside(page: Page): Promise<Page> {
    const context = page.context();
    const there = this.#tabs.get(context);
    if (there !== undefined) return there;
    const tab = await context.newPage();
    this.#tabs.set(context, tab);
    await tab.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await tab.goto(this.server.url);
    await page.bringToFront();
    return tab;
  }

  /** Errors in consoles and scripts since the last time this was asked. */
  takeComplaints(): readonly string[] {
    return this.#complaints.splice(0);
  }

  /** Makes a meeting over REST and returns its link. */
  async makeMeeting(title: string, listed = false): Promise<string> {
    const answer = await fetch(`${this.server.url}/api/meetings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title, listed }),
    });
    const { id } = (await answer.json()) as { id: string };
    return `${this.server.url}/m/${id}`;
  }

  async join(page: Page, link: string, name: string): Promise<void> {
    await page.goto(link);
    await this.pressJoin(page, name);
    await expect(this.controls(page)).toBeVisible();
  }

  /** Says a name and presses the button. */
  async pressJoin(page: Page, name: string): Promise<void> {
    await page.getByLabel(this.t('prejoin.name')).fill(name);
    await this.button(page, 'prejoin.join').click();
  }

  button(page: Page | Locator, key: Word): Locator {
    return page.getByRole('button', { name: this.t(key), exact: true });
  }

  controls(page: Page): Locator {
    return page.getByRole('toolbar', { name: this.t('call.controls') });
  }

  /** A key of the toolbar. */
  key(page: Page, key: Word): Locator {
    return this.button(this.controls(page), key);
  }

  /** The call of two, seen and heard by both, with nothing open over it. */
  async call(): Promise<CallOfTwo> {
    if (this.#call === undefined) {
      const link = await this.makeMeeting(
        this.look.locale === 'ko' ? '디자인 리뷰' : 'Design review',
      );
      const ada = await this.newPage();
      const bob = await this.#newPageIn(this.#stage.other ?? this.#browser, SIZES.desktop);
      this.#call = { link, ada, bob };
      await this.join(ada, link, this.names[0]);
      await this.join(bob, link, this.names[1]);
      for (const page of [ada, bob]) await expectMedia(page);
    }
    await this.#closeAll(this.#call.ada);
    return this.#call;
  }

  /** The call of two with a third, who stays until `endGroup`. */
  async group(): Promise<CallOfTwo & { readonly cleo: Page }> {
    const call = await this.call();
    this.#third ??= await this.#joinedBy(call);
    await call.ada.bringToFront();
    return { ...call, cleo: this.#third };
  }

  async #joinedBy({ link, ada }: CallOfTwo): Promise<Page> {
    const cleo = await this.#newPageIn(this.#stage.other ?? this.#browser, SIZES.desktop);
    await this.join(cleo, link, this.names[2]);
    await eventually(
      'the third is seen by all, and sees them',
      async () => (await pictures(ada)).concat(await pictures(cleo)),
      (streams) => streams.filter(({ frames }) => frames > 10).length >= 4,
    );
    return cleo;
  }

  /** The third is closed when the place is tidied next. */
  endGroup(): void {
    this.#third = undefined;
  }

  /** The call is not used again: somebody has left it. */
  forgetCall(): void {
    this.#call = undefined;
    this.#third = undefined;
  }

  /** Closes all pages but those of the call: each open camera costs the machine dear. */
  async tidy(): Promise<void> {
    const kept = [this.#call?.ada, this.#call?.bob, this.#third].map((page) => page?.context());
    for (const context of this.#contexts) {
      if (kept.includes(context)) continue;
      this.#contexts.delete(context);
      await context.close();
    }
  }

  async close(): Promise<void> {
    this.forgetCall();
    await this.tidy();
    await this.#blocking?.close();
    await this.server.stop();
  }

  async #closeAll(page: Page): Promise<void> {
    await page.bringToFront();
    for (const open of [page.getByRole('menu'), page.getByRole('dialog')]) {
      if (!(await open.isVisible())) continue;
      await page.keyboard.press('Escape');
      await expect(open).toBeHidden();
    }
    const panel = page.getByRole('complementary');
    if (!(await panel.isVisible())) return;
    await this.button(panel, 'common.close').click();
    await expect(panel).toBeHidden();
  }
}

async function expectMedia(page: Page): Promise<void> {
  await eventually(
    'sees and hears the other',
    () => readStats(page),
    ({ framesDecoded, totalAudioEnergy }) => framesDecoded > 10 && totalAudioEnergy > 0,
  );
}
