// SPDX-License-Identifier: Apache-2.0
import type { RefusalCode, Refused } from '../protocol/messages';
import type { Answer, Request, RequestName, Wire } from '../signal/Wire';

/** The server said no. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor({ code, message }: Refused) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

export type Granted<Name extends RequestName> = Exclude<Answer<Name>, Refused>;

/** Rejects with Unlinked or Refusal. */
export async function ask<Name extends RequestName>(
  wire: Wire,
  name: Name,
  request: Request<Name>,
): Promise<Granted<Name>> {
  const answer: Answer<Name> = await wire.request(name, request);
  if (answer.kind === 'refused') throw new Refusal(answer);
  return answer as Granted<Name>;
}
