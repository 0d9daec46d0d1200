// SPDX-License-Identifier: Apache-2.0
// Network namespaces, made and removed; every name tells which process made it.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { isRoot } from './paths.ts';

/** A place to run a program in. */
export interface Host {
  /** Name for `ip netns exec`. */
  readonly namespace: string;
  /** Its own IPv4 address. */
  readonly address: string;
}

export const RESOLVER_FOLDER = '/etc/netns';
let labs = 0;

/** What the names of a new lab begin with. Needs root; removes what dead processes have left. */
export function newPrefix(): string {
  if (!isRoot()) {
    throw new Error('These tests build network namespaces and need root: run them with sudo.');
  }
  removeLeftovers();
  return `noom-${process.pid}-${++labs}`;
}

/** Ends what runs in the namespaces of a lab, and removes them. */
export function removeNamespacesOf(prefix: string): void {
  removeNamespaces((name) => name.startsWith(`${prefix}-`));
}

export function addNamespace(name: string): void {
  run('ip', 'netns', 'add', name);
  run('ip', '-n', name, 'link', 'set', 'lo', 'up');
  inside(name, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
}

export function connect(one: string, oneName: string, other: string, otherName: string): void {
  const peer = ['peer', 'name', otherName, 'netns', other];
  run('ip', 'link', 'add', oneName, 'netns', one, 'type', 'veth', ...peer);
  run('ip', '-n', one, 'link', 'set', oneName, 'up');
  run('ip', '-n', other, 'link', 'set', otherName, 'up');
}

export function filter(namespace: string, rules: string): void {
  execFileSync('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], { input: rules });
}

/** Labs of test runs that were killed too hard to clean up: their process is gone. */
function removeLeftovers(): void {
  removeNamespaces((name) => {
    const owner = /^noom-(\d+)-/.exec(name)?.[1];
    return owner !== undefined && !isAlive(Number(owner));
  });
}

function removeNamespaces(isOurs: (name: string) => boolean): void {
  for (const name of namespaces().filter(isOurs)) {
    for (const pid of run('ip', 'netns', 'pids', name).split('\n').filter(Boolean)) {
      endProcess(Number(pid));
    }
    run('ip', 'netns', 'del', name);
    rmSync(join(RESOLVER_FOLDER, name), { recursive: true, force: true });
  }
}

function namespaces(): string[] {
  try {
    return readdirSync('/run/netns');
  } catch {
    return []; // none was ever made
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export function inside(namespace: string, ...command: string[]): string {
  return run('ip', 'netns', 'exec', namespace, ...command);
}

export function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, { encoding: 'utf8' });
}
