// SPDX-License-Identifier: Apache-2.0
import type { AnyPage } from './stats.ts';

/** One stream that comes into a page. */
export interface Incoming {
  readonly kind: string;
  /** For example `video/VP8`. */
  readonly codec: string;
  readonly track: string;
  readonly packets: number;
  readonly lost: number;
  /** Packets that came again because they were asked for. */
  readonly repaired: number;
  readonly frames: number;
  readonly height: number;
  readonly freezes: number;
  readonly energy: number;
  readonly concealed: number;
  readonly samples: number;
}

/** One stream, or one layer of one, that leaves a page. */
export interface Outgoing {
  readonly kind: string;
  readonly rid: string;
  readonly packets: number;
  readonly frames: number;
  readonly height: number;
  readonly repaired: number;
  readonly keyFrames: number;
}

type Entry = Record<string, unknown>;

/** All statistics of the connections of a page that are not closed. */
async function entriesOf(page: AnyPage): Promise<readonly Entry[]> {
  const reports = await page.evaluate(async () =>
    Promise.all(
      window.__peerConnections
        .filter((connection) => connection.connectionState !== 'closed')
        .map(
          async (connection) =>
            [...(await connection.getStats()).values()] as Record<string, unknown>[],
        ),
    ),
  );
  return reports.flatMap((entries, at) =>
    // Two connections may use one id.
    entries.map((entry) => ({ ...entry, id: `${at} ${text(entry, 'id')}`, at })),
  );
}

function text(entry: Entry, name: string): string {
  const value = entry[name];
  return typeof value === 'string' ? value : '';
}

function number(entry: Entry, name: string): number {
  return Number(entry[name] ?? 0);
}

/** What comes in now, the probing stream of the library left out. */
export async function incoming(page: AnyPage): Promise<readonly Incoming[]> {
  const entries = await entriesOf(page);
  const codecOf = (entry: Entry): string => {
    const id = `${number(entry, 'at')} ${text(entry, 'codecId')}`;
    return text(entries.find((other) => other['id'] === id) ?? {}, 'mimeType');
  };
  return entries
    .filter((entry) => entry['type'] === 'inbound-rtp' && entry['ssrc'] !== 1234)
    .map((entry) => ({
      kind: text(entry, 'kind'),
      codec: codecOf(entry),
      track: text(entry, 'trackIdentifier'),
      packets: number(entry, 'packetsReceived'),
      lost: number(entry, 'packetsLost'),
      repaired: number(entry, 'retransmittedPacketsReceived'),
      frames: number(entry, 'framesDecoded'),
      height: number(entry, 'frameHeight'),
      freezes: number(entry, 'freezeCount'),
      energy: number(entry, 'totalAudioEnergy'),
      concealed: number(entry, 'concealedSamples'),
      samples: number(entry, 'totalSamplesReceived'),
    }));
}

/** What leaves now, the best layer last. */
export async function outgoing(page: AnyPage): Promise<readonly Outgoing[]> {
  const entries = await entriesOf(page);
  return entries
    .filter((entry) => entry['type'] === 'outbound-rtp')
    .map((entry) => ({
      kind: text(entry, 'kind'),
      rid: text(entry, 'rid'),
      packets: number(entry, 'packetsSent'),
      frames: number(entry, 'framesEncoded'),
      height: number(entry, 'frameHeight'),
      repaired: number(entry, 'retransmittedPacketsSent'),
      keyFrames: number(entry, 'keyFramesEncoded'),
    }))
    .sort((one, other) => one.rid.localeCompare(other.rid));
}

/** The pictures that come in. */
export async function pictures(page: AnyPage): Promise<readonly Incoming[]> {
  return (await incoming(page)).filter(({ kind }) => kind === 'video');
}
