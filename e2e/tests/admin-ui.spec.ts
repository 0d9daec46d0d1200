// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';

import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { io, type Socket } from 'socket.io-client';

import { eventually } from '../rig/eventually.ts';
import type { JavaProgram, JavaServer } from '../rig/java.ts';
import { REPOSITORY } from '../rig/paths.ts';
import { test as base } from '../rig/test.ts';

const PAGE = join(REPOSITORY, 'e2e/node_modules/@socket.io/admin-ui/ui/dist');

interface Clients {
  /** Connects an official client; its first transport is long-polling unless told. */
  readonly connect: (server: JavaServer, transports?: string[]) => Promise<Socket>;
}

const test = base.extend<Clients>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern
  connect: async ({}, use) => {
    const sockets: Socket[] = [];
    await use(async (server, transports = ['polling', 'websocket']) => {
      const socket = io(server.url, { transports, forceNew: true, reconnection: false });
      sockets.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('connect_error', reject);
      });
      return socket;
    });
    for (const socket of sockets) socket.disconnect();
  },
});

test('a wrong password is told, the right one opens, and a reload needs none', async ({
  startJava,
  newContext,
}) => {
  const server = await startJava(desk());
  const page = await visit(server, await newContext());

  await logIn(page, server, 'guess');
  await expect(page.getByText('Invalid credentials')).toBeVisible();
  await logIn(page, server, passwordOf(server));
  await expectConnected(page);

  const asked = forms(page);
  await page.reload();
  await expectConnected(page);
  expect(await asked.count()).toBe(0);
  await page.evaluate(() => {
    localStorage.setItem('session_id', 'guess');
  });
  await page.reload();
  await expect(page.getByText('Invalid credentials')).toBeVisible();
});

test('the page shows the server, its clients, sockets, rooms and events', async ({
  startJava,
  newContext,
  connect,
}) => {
  const server = await startJava(desk());
  const ada = await connect(server, ['polling']);
  await ada.emitWithAck('enter', 'tea');
  const page = await open(server, await newContext());
  await goTo(page, 'Sockets');
  await expect(row(page, idOf(ada))).toContainText(/127\.0\.0\.1\s*HTTP long-polling/);

  const bob = await connect(server);
  const bobId = idOf(bob);
  await expect(row(page, idOf(bob))).toContainText('WebSocket');
  await bob.emitWithAck('enter', 'tea');
  bob.emit('say', 'hot & sweet', 'tea');
  await goTo(page, 'Events');
  await expect(event(page, bobId, 'Connection')).toBeVisible();
  await expect(event(page, bobId, 'Room joined')).toContainText(['tea']);
  await expect(event(page, bobId, 'Event received')).toContainText(['say', 'enter']);
  await expect(event(page, idOf(ada), 'Event sent')).toContainText(['said']);
  await event(page, idOf(ada), 'Event sent').getByRole('button').click();
  await expect(page.getByText('hot & sweet')).toBeVisible();

  await goTo(page, 'Rooms');
  await expect(page.getByRole('row').filter({ hasText: 'tea' })).toContainText(/Public\s*2/);
  await goTo(page, 'Clients');
  await expect(page.locator('tbody tr')).toHaveCount(3);
  await goTo(page, 'Servers');
  await expect(page.locator('tbody tr')).toContainText('Healthy');
  await expect(page.locator('tbody tr')).toContainText(/#\d+/);
  await goTo(page, 'Dashboard');
  await expect(page.locator('tr').filter({ hasText: 'WebSocket' })).toContainText(/2\s*66.7 %/);
  await expect(page.locator('tr').filter({ hasText: 'long-polling' })).toContainText(/1\s*33.3 %/);

  bob.disconnect();
  await goTo(page, 'Events');
  await expect(event(page, bobId, 'Disconnection')).toContainText('client namespace disconnect');
});

test('from the page a client joins a room, leaves it, and is disconnected', async ({
  startJava,
  newContext,
  connect,
}) => {
  const server = await startJava(desk());
  const ada = await connect(server);
  const bob = await connect(server);
  const page = await open(server, await newContext());
  await goTo(page, 'Sockets');
  await row(page, idOf(ada)).getByRole('cell').first().click();
  await expect(page.getByText('Initial HTTP request')).toBeVisible();

  await page.getByLabel('Join a room').fill('tea');
  await page.locator('main form').getByRole('button').last().click();
  const tea = page.getByRole('row').filter({ hasText: /^tea/ });
  await expect(tea).toBeVisible();
  const heard: string[] = [];
  ada.on('said', (text: string) => heard.push(text));
  bob.emit('say', 'one', 'tea');
  await eventually(
    'who joined hears the room',
    () => heard,
    (all) => all.includes('one'),
  );
  await tea.getByRole('button').click();
  // The click reaches the row too, which opens the room: only the server says when she has left.
  const adaId = idOf(ada);
  await goTo(page, 'Events');
  await expect(event(page, adaId, 'Room left')).toContainText(['tea']);
  bob.emit('say', 'two', 'tea');

  await goTo(page, 'Sockets');
  const reason = new Promise<string>((resolve) => ada.once('disconnect', resolve));
  await row(page, adaId).getByRole('button').click();
  expect(await reason).toBe('io server disconnect');
  expect(heard).toEqual(['one']);
  // The click reached the row too, which opens the details.
  await expect(page.getByRole('cell', { name: 'disconnected', exact: true })).toHaveCount(2);
  await goTo(page, 'Sockets');
  await expect(row(page, adaId)).toHaveCount(0);
  await expect(row(page, idOf(bob))).toBeVisible();
});

test('a page that may look only offers nothing, and nothing that it sends is done', async ({
  startJava,
  newContext,
  connect,
}) => {
  const server = await startJava(desk('--readonly', 'true'));
  const ada = await connect(server);
  const page = await open(server, await newContext());
  await goTo(page, 'Sockets');
  await expect(row(page, idOf(ada))).toBeVisible();
  await expect(row(page, idOf(ada)).getByRole('button')).toHaveCount(0);

  const forged = io(`${server.url}/admin`, {
    forceNew: true,
    auth: { username: 'admin', password: passwordOf(server) },
  });
  const config = new Promise<{ supportedFeatures: string[] }>((resolve) => {
    forged.once('config', resolve);
  });
  expect((await config).supportedFeatures).toEqual(['AGGREGATED_EVENTS', 'ALL_EVENTS']);
  forged.emit('_disconnect', '/', true);
  forged.emit('join', '/', 'cellar', ada.id);
  await ada.emitWithAck('enter', 'tea');
  await goTo(page, 'Rooms');
  await expect(page.getByRole('row').filter({ hasText: 'tea' })).toBeVisible();
  expect(ada.connected).toBe(true);
  await expect(page.getByText('cellar')).toHaveCount(0);
  forged.disconnect();
});

function desk(...args: string[]): JavaProgram {
  return {
    module: 'examples',
    mainClass: 'noom.examples.AdminDesk',
    args: ['--port', '0', '--page', PAGE, ...args],
  };
}

function passwordOf(server: JavaServer): string {
  const line = server.output.find((said) => said.startsWith('log in as admin with '));
  return line?.split(' ').at(-1) ?? '';
}

/** Opens the page, which would like letters and icons from elsewhere: it gets none. */
async function visit(server: JavaServer, context: BrowserContext): Promise<Page> {
  await context.route(
    (url) => url.hostname !== '127.0.0.1',
    (route) => route.abort(),
  );
  const page = await context.newPage();
  await page.goto(`${server.url}/admin-ui/`);
  return page;
}

async function open(server: JavaServer, context: BrowserContext): Promise<Page> {
  const page = await visit(server, context);
  await logIn(page, server, passwordOf(server));
  await expectConnected(page);
  return page;
}

async function logIn(page: Page, server: JavaServer, password: string): Promise<void> {
  await page.getByLabel('Server URL').fill(server.url);
  await page.getByLabel('Username').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

function forms(page: Page): Locator {
  return page.locator('.v-dialog--active');
}

async function expectConnected(page: Page): Promise<void> {
  await expect(
    page.locator('header').getByText('connected', { exact: true }).first(),
  ).toBeVisible();
  await expect(forms(page)).toHaveCount(0);
}

async function goTo(page: Page, title: string): Promise<void> {
  await page.locator('nav').getByText(title, { exact: true }).click();
  // The view that goes is there until it has slid away.
  await expect(page.locator('.v-breadcrumbs__item--disabled')).toHaveText([title]);
}

function row(page: Page, id: string): Locator {
  return page.locator('tbody tr').filter({ hasText: id });
}

function event(page: Page, id: string, type: string): Locator {
  return row(page, id).filter({ hasText: type });
}

function idOf(socket: Socket): string {
  if (socket.id === undefined) throw new Error('the client is not connected');
  return socket.id;
}
