// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { JavaProgram, JavaServer } from './java.ts';

/** What an operator sees of a server's media; only what tests look at. */
export interface MediaView {
  readonly meetings: readonly {
    readonly people: readonly {
      readonly id: string;
      readonly transports: readonly { readonly id: string }[];
      readonly producers: readonly { readonly id: string; readonly roundTripMillis: number }[];
      readonly consumers: readonly {
        readonly id: string;
        readonly producerId: string;
        readonly roundTripMillis: number;
      }[];
    }[];
  }[];
}

/** Asks as the operator would, with the token from the data folder. */
export async function mediaOf(server: JavaServer, program: JavaProgram): Promise<MediaView> {
  const args = program.args ?? [];
  const data = args[args.indexOf('--data') + 1] ?? '';
  const token = readFileSync(join(data, 'admin-token'), 'utf8').trim();
  const answer = await fetch(`${server.url}/admin/state`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return (await answer.json()) as MediaView;
}
