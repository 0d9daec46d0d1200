// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { atExit } from './cleanup.ts';
import { LIMIT_MILLIS } from './eventually.ts';
import { findProgram, REPOSITORY } from './paths.ts';

/** A running program that is no Java. */
export interface Program {
  /** Where it listens. */
  readonly url: string;
  /** Asks it to end (SIGTERM) and waits until it has. */
  stop(): Promise<void>;
  /** `kill -9`; waits until the process is gone. */
  kill9(): Promise<void>;
}

/** Which script to start. */
export interface NodeScript {
  /** From the root of the repository. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Beside the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a script and waits for its `listening on` line. */
export async function startNode({ script, args, env }: NodeScript): Promise<Program> {
  const command = [process.execPath, join(REPOSITORY, script), ...(args ?? [])];
  const { said, ...program } = await launch(command, /listening on (\S+)/, env);
  return { url: said, ...program };
}

/** Starts a `redis-server` on loopback, in a folder that is removed when it ends. */
export async function startRedis(): Promise<Program> {
  const port = String(await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'noom-redis-'));
  const redis = findProgram(['redis-server'], 'Install it: apt-get install redis-server');
  const settings = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const { stop, kill9 } = await launch([redis, ...settings], /(Ready to accept connections)/);
  const removing = (end: () => Promise<void>) => async (): Promise<void> => {
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${port}`, stop: removing(stop), kill9: removing(kill9) };
}

interface Launched {
  /** What the pattern found in its output. */
  readonly said: string;
  readonly stop: () => Promise<void>;
  readonly kill9: () => Promise<void>;
}

async function launch(
  command: readonly string[],
  isUp: RegExp,
  env: Readonly<Record<string, string>> = {},
): Promise<Launched> {
  const child = spawn(command[0] ?? '', command.slice(1), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const forget = atExit(() => child.kill('SIGKILL'));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    forget();
  };
  const lines: string[] = [];
  const said = await new Promise<string>((resolve, reject) => {
    const story = (what: string): Error =>
      new Error(`${command.join(' ')} ${what}. Its output:\n${lines.join('\n')}`);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(story('was not up within 30 s'));
    }, LIMIT_MILLIS);
    const take = (line: string): void => {
      lines.push(line);
      const found = isUp.exec(line)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    };
    createInterface(child.stdout).on('line', take);
    createInterface(child.stderr).on('line', take);
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(timer);
      reject(story('has ended'));
    });
  });
  return { said, stop: () => end('SIGTERM'), kill9: () => end('SIGKILL') };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
