// SPDX-License-Identifier: Apache-2.0
// One JSON object per line: commands `{id, do, ...}` come in, answers `{id, value}` or
// `{id, error}` go out, and news `{news, ...}` whenever there are any.
import { createInterface } from 'node:readline';

/** Runs `commands[do]` for each line, until the input ends. */
export function serve(commands) {
  createInterface({ input: process.stdin })
    .on('line', async (line) => {
      const { id, do: name, ...rest } = JSON.parse(line);
      try {
        write({ id, value: (await commands[name](rest)) ?? null });
      } catch (failure) {
        write({ id, error: String(failure) });
      }
    })
    .on('close', () => process.exit(0));
}

export function tell(news) {
  write(news);
}

function write(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
