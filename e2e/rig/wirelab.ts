// SPDX-License-Identifier: Apache-2.0
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import { atExit } from './cleanup.ts';
import { findJava } from './java.ts';
import { addNamespace, type Host, newPrefix, removeNamespacesOf, run } from './namespaces.ts';
import { REPOSITORY } from './paths.ts';

/** How bad the wire is, each way. */
export interface WireQuality {
  readonly lossPercent: number;
  readonly delayMillis: number;
  readonly jitterMillis: number;
}

export const PERFECT: WireQuality = { lossPercent: 0, delayMillis: 0, jitterMillis: 0 };

/** A server and browsers, each in a network namespace, and between them a wire that can be bad. */
export class WireLab {
  readonly server: Host;
  readonly browsers: Host;
  readonly #prefix: string;
  readonly #forget: () => void;
  #wire: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #said: AsyncIterator<string> | undefined;

  private constructor(prefix: string) {
    this.#prefix = prefix;
    this.server = { namespace: `${prefix}-server`, address: '10.78.0.1' };
    this.browsers = { namespace: `${prefix}-browsers`, address: '10.78.0.2' };
    this.#forget = atExit(() => {
      this.close();
    });
  }

  /** Builds it, with a perfect wire. Needs root. */
  static async build(): Promise<WireLab> {
    const lab = new WireLab(newPrefix());
    try {
      await lab.#build();
    } catch (failure) {
      lab.close();
      throw failure;
    }
    return lab;
  }

  /** From now on the wire is so bad. */
  async set({ lossPercent, delayMillis, jitterMillis }: WireQuality): Promise<void> {
    this.#wire?.stdin.write(`${lossPercent} ${delayMillis} ${jitterMillis}\n`);
    await this.#answer();
  }

  /** Removes it, and ends what still runs in it. Safe to call twice. */
  close(): void {
    this.#wire?.kill('SIGKILL');
    removeNamespacesOf(this.#prefix);
    this.#forget();
  }

  async #build(): Promise<void> {
    for (const { namespace } of [this.server, this.browsers]) addNamespace(namespace);
    const program = join(REPOSITORY, 'e2e', 'rig', 'Wire.java');
    const ends = [this.server, this.browsers].flatMap((it) => [it.namespace, it.address]);
    const args = ['--enable-native-access=ALL-UNNAMED', program, ...ends];
    this.#wire = spawn(findJava(), args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#said = createInterface(this.#wire.stdout)[Symbol.asyncIterator]();
    await this.#answer();
    // Chromium gathers no candidates without a default route.
    const { namespace } = this.browsers;
    run('ip', '-n', namespace, 'route', 'add', 'default', 'via', this.server.address);
  }

  async #answer(): Promise<void> {
    const { done } = (await this.#said?.next()) ?? { done: true };
    if (done === true) throw new Error('the wire broke');
  }
}
