// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { expect } from '@playwright/test';

import { atExit } from '../rig/cleanup.ts';
import { REPOSITORY } from '../rig/paths.ts';
import { test } from '../rig/test.ts';

/** Compiling takes longer than anything else that tests wait for. */
const COMPILED = { timeout: 120_000 };

const LEFT_OUT = new Set(['.git', 'data', 'docs', 'e2e', 'test-results']);

test('an edit of the page or of the server is seen without a command', async ({ newContext }) => {
  test.setTimeout(4 * COMPILED.timeout);
  const copy = copyOfRepository();
  const port = await twoFreePorts();
  const dev = startDev(copy, port);
  const page = await (await newContext()).newPage();
  await expect
    .poll(() => statusOf(`http://127.0.0.1:${port}/api/meetings/AAAAAAAAAAAAAAAA`), COMPILED)
    .toBe(404);
  await page.goto(`http://127.0.0.1:${port}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Meet now/);

  edit(join(copy, 'web/src/texts/en.ts'), "'Meet now, or", "'Meet today, or");

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Meet today/);

  edit(
    join(copy, 'server/src/main/java/noom/server/http/MeetingRoutes.java'),
    '"no such meeting"',
    '"no meeting of this kind"',
  );

  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          try {
            return await (await fetch('/api/meetings/AAAAAAAAAAAAAAAA')).text();
          } catch {
            return 'no answer';
          }
        }),
      COMPILED,
    )
    .toContain('no meeting of this kind');
  await endOf(dev);
});

/** Everything that building needs; the installed packages are linked, not copied. */
function copyOfRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'noom-dev-'));
  atExit(() => {
    rmSync(copy, { recursive: true, force: true });
  });
  for (const entry of readdirSync(REPOSITORY).filter((name) => !LEFT_OUT.has(name))) {
    cpSync(join(REPOSITORY, entry), join(copy, entry), {
      recursive: true,
      preserveTimestamps: true,
      filter: (from) => basename(from) !== 'node_modules',
    });
  }
  for (const module of ['web', 'socketio-vertx']) {
    const packages = join(module, 'node_modules');
    execFileSync('cp', ['-al', join(REPOSITORY, packages), join(copy, packages)]);
  }
  tellWhereFilesAre(copy);
  return copy;
}

/** Maven remembers files by their whole names, and would compile everything in a new place. */
function tellWhereFilesAre(copy: string): void {
  for (const module of readdirSync(copy)) {
    const memory = join(copy, module, 'target/maven-status');
    if (!existsSync(memory)) continue;
    for (const name of readdirSync(memory, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.lst')) continue;
      const list = join(memory, name);
      writeFileSync(list, readFileSync(list, 'utf8').replaceAll(REPOSITORY, copy));
    }
  }
}

/** The page's port; the server takes the next one. */
async function twoFreePorts(): Promise<number> {
  for (;;) {
    const first = await listenOn(0);
    if (first === undefined) continue;
    if ((await listenOn(first + 1)) !== undefined) return first;
  }
}

/** Listens and stops again; gives the port, or nothing if it was taken. */
async function listenOn(port: number): Promise<number | undefined> {
  const probe = createServer();
  probe.listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    return undefined;
  }
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address !== null ? address.port : undefined;
}

function startDev(folder: string, port: number): ChildProcess {
  const args = ['dev', '--port', String(port), '--data', join(folder, 'data')];
  const dev = spawn(join(folder, 'noom'), args, { cwd: folder, stdio: 'ignore' });
  atExit(() => dev.kill('SIGTERM'));
  return dev;
}

/** It ends its page server and its Java server before it ends itself. */
async function endOf(dev: ChildProcess): Promise<void> {
  const ended = once(dev, 'exit');
  dev.kill('SIGTERM');
  await ended;
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text, file).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

async function statusOf(url: string): Promise<number> {
  try {
    return (await fetch(url)).status;
  } catch {
    return 0;
  }
}
