// SPDX-License-Identifier: Apache-2.0
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { atExit } from './cleanup.ts';
import { LIMIT_MILLIS } from './eventually.ts';
import { isExecutable, REPOSITORY } from './paths.ts';

/** Which program to start. */
export interface JavaProgram {
  /** Folder of the Maven module, for example `examples`. */
  readonly module: string;
  /** For example `noom.examples.PublicChat`. */
  readonly mainClass: string;
  readonly args?: readonly string[];
  /** Beside the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** Network namespace to run in; the machine's own if absent. */
  readonly namespace?: string;
}

const LISTENING = /listening on (https?:\/\/\S+)/;

/** A running Java program that has said where it listens. */
export class JavaServer {
  readonly #program: JavaProgram;
  readonly #lines: string[] = [];
  #child: ChildProcessByStdio<null, Readable, Readable> | undefined;
  #forget: () => void = () => undefined;
  #url = '';

  private constructor(program: JavaProgram) {
    this.#program = program;
  }

  /** Starts the program and waits for its `listening on` line. */
  static async start(program: JavaProgram): Promise<JavaServer> {
    const server = new JavaServer(program);
    await server.#launch(program.args ?? []);
    return server;
  }

  /** Where it listens, without a slash at the end. */
  get url(): string {
    return this.#url;
  }

  get port(): number {
    return Number(new URL(this.#url).port);
  }

  /** All lines of both outputs, over all restarts. */
  get output(): readonly string[] {
    return this.#lines;
  }

  /** Asks it to end (SIGTERM) and waits until it has; returns the exit code, null if by signal. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** `kill -9`: nothing is flushed, nothing is said. Waits until the process is gone. */
  async kill9(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it again after `stop` or `kill9`: same arguments, but the port it had. */
  async startAgain(): Promise<void> {
    const args = withoutPort(this.#program.args ?? []).concat('--port', String(this.port));
    await this.#launch(args);
  }

  async #launch(args: readonly string[]): Promise<void> {
    const { module, mainClass, namespace, env } = this.#program;
    const java = [findJava(), ...JVM_FLAGS, '-cp', classPathOf(module), mainClass, ...args];
    const command = namespace === undefined ? java : ['ip', 'netns', 'exec', namespace, ...java];
    const child = spawn(command[0] ?? '', command.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.#child = child;
    this.#forget = atExit(() => child.kill('SIGKILL'));
    this.#url = await this.#urlSaidBy(child);
  }

  #urlSaidBy(child: ChildProcessByStdio<null, Readable, Readable>): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(this.#story('said nothing of listening within 30 s')));
      }, LIMIT_MILLIS);
      const take = (line: string): void => {
        this.#lines.push(line);
        const url = LISTENING.exec(line)?.[1];
        if (url === undefined) return;
        clearTimeout(timer);
        resolve(url.replace(/\/$/, ''));
      };
      createInterface(child.stdout).on('line', take);
      createInterface(child.stderr).on('line', take);
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        reject(new Error(this.#story(`ended with ${code ?? signal ?? 'nothing'}`)));
      });
    });
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    }
    this.#forget();
    return child.exitCode;
  }

  #story(what: string): string {
    return `${this.#program.mainClass} ${what}. Its output:\n${this.#lines.join('\n')}`;
  }
}

const JVM_FLAGS = [
  '-ea',
  // A server lives for seconds here: it need not be fast, but it must not keep browsers waiting.
  '-XX:TieredStopAtLevel=1',
  '-XX:+UseSerialGC',
  '--enable-native-access=ALL-UNNAMED',
  '--sun-misc-unsafe-memory-access=allow',
];

/** The `java` of `JAVA_HOME`. */
export function findJava(): string {
  const home = process.env['JAVA_HOME'];
  const java = home === undefined ? undefined : join(home, 'bin', 'java');
  if (java === undefined || !isExecutable(java)) {
    throw new Error('JAVA_HOME must name a JDK 25 or newer');
  }
  return java;
}

/**
 * The class path of a module: `NOOM_CLASSPATH_<MODULE>` if set, else its `target/classes` and what
 * `target/classpath.txt` lists.
 */
export function classPathOf(module: string): string {
  const given = process.env[`NOOM_CLASSPATH_${module.toUpperCase().replaceAll('-', '_')}`];
  if (given !== undefined) return given;
  const target = join(REPOSITORY, module, 'target');
  const list = join(target, 'classpath.txt');
  if (!existsSync(list)) {
    throw new Error(
      `${module}/target/classpath.txt is missing. Build first: mvn -q compile ` +
        `dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -pl ${module} -am`,
    );
  }
  return [join(target, 'classes'), readFileSync(list, 'utf8').trim()].join(delimiter);
}

function withoutPort(args: readonly string[]): string[] {
  const at = args.indexOf('--port');
  return at < 0 ? [...args] : args.toSpliced(at, 2);
}
