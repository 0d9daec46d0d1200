// SPDX-License-Identifier: Apache-2.0
import type { FromPage, FromServer } from '../protocol/messages';

export type RequestName = keyof FromPage;
export type Request<Name extends RequestName> = FromPage[Name]['request'];
export type Answer<Name extends RequestName> = FromPage[Name]['answer'];

/** The server could not be asked, or did not answer in time. */
export class Unlinked extends Error {
  override readonly name = 'Unlinked';
}

/** The connection to the server: requests that are answered, and events. */
export interface Wire {
  readonly linked: boolean;
  /** Rejects with Unlinked. */
  request<Name extends RequestName>(name: Name, request: Request<Name>): Promise<Answer<Name>>;
  on<Name extends keyof FromServer>(
    name: Name,
    listener: (message: FromServer[Name]) => void,
    until: AbortSignal,
  ): void;
  onLink(listener: (linked: boolean) => void, until: AbortSignal): void;
  close(): void;
}
