// SPDX-License-Identifier: Apache-2.0

/** What both Playwright's and Puppeteer's pages can do. */
export interface AnyPage {
  evaluate<R>(run: () => R | Promise<R>): Promise<R>;
}

/** What a page has received, and over which path, summed over all its peer connections. */
export interface MediaStats {
  /** Video frames decoded. */
  readonly framesDecoded: number;
  /** Grows while sound comes in; a silent track adds nothing. */
  readonly totalAudioEnergy: number;
  /** Packets of sound received. */
  readonly audioPackets: number;
  /** Candidate types of the pairs in use, for example `srflx-prflx` (local-remote). */
  readonly pairs: readonly string[];
  /** Local candidates by type, for example `{ host: 2, srflx: 1 }`. */
  readonly localCandidates: Readonly<Record<string, number>>;
  /** Remote candidates by type; `host` and `srflx` were signalled, `prflx` were discovered. */
  readonly remoteCandidates: Readonly<Record<string, number>>;
  /** State of every connection made so far, oldest first. */
  readonly connectionStates: readonly RTCPeerConnectionState[];
}

declare global {
  interface Window {
    __peerConnections: RTCPeerConnection[];
  }
}

/**
 * Runs in a page before its own scripts: remembers every peer connection it makes, so that tests
 * can read the statistics of a page that exposes nothing.
 *
 * Playwright: `context.addInitScript(recordPeerConnections)`. Puppeteer:
 * `page.evaluateOnNewDocument(recordPeerConnections)`.
 */
export function recordPeerConnections(): void {
  const made: RTCPeerConnection[] = [];
  window.__peerConnections = made;
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args: [RTCConfiguration?]) {
      const connection = new target(...args);
      made.push(connection);
      return connection;
    },
  });
}

/** Reads the statistics of a page with {@link recordPeerConnections}. */
export async function readStats(page: AnyPage): Promise<MediaStats> {
  const reports = await page.evaluate(async () =>
    Promise.all(
      window.__peerConnections.map(async (connection) => ({
        state: connection.connectionState,
        entries: [...(await connection.getStats()).values()] as Record<string, unknown>[],
      })),
    ),
  );
  const entries = reports.flatMap((report) => report.entries);
  const inbound = (kind: string): Record<string, unknown>[] =>
    entries.filter((entry) => entry['type'] === 'inbound-rtp' && entry['kind'] === kind);
  return {
    framesDecoded: sum(inbound('video'), 'framesDecoded'),
    totalAudioEnergy: sum(inbound('audio'), 'totalAudioEnergy'),
    audioPackets: sum(inbound('audio'), 'packetsReceived'),
    pairs: reports.flatMap((report) => pairsInUse(report.entries)),
    localCandidates: countByType(entries, 'local-candidate'),
    remoteCandidates: countByType(entries, 'remote-candidate'),
    connectionStates: reports.map((report) => report.state),
  };
}

function sum(entries: readonly Record<string, unknown>[], field: string): number {
  return entries.reduce((total, entry) => total + Number(entry[field] ?? 0), 0);
}

function countByType(
  entries: readonly Record<string, unknown>[],
  side: string,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const entry of entries) {
    if (entry['type'] !== side) continue;
    const type = String(entry['candidateType']);
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

/** Chromium names the pair in its transport; Firefox marks the pair as selected. */
function pairsInUse(entries: readonly Record<string, unknown>[]): string[] {
  const typeOf = (id: unknown): string =>
    String(entries.find((entry) => entry['id'] === id)?.['candidateType']);
  const chosen = new Set(
    entries
      .filter((entry) => entry['type'] === 'transport')
      .map((t) => t['selectedCandidatePairId']),
  );
  return entries
    .filter((entry) => entry['type'] === 'candidate-pair')
    .filter((pair) => chosen.has(pair['id']) || pair['selected'] === true)
    .map((pair) => `${typeOf(pair['localCandidateId'])}-${typeOf(pair['remoteCandidateId'])}`);
}
