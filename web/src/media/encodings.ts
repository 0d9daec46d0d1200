// SPDX-License-Identifier: Apache-2.0
import type { Browser } from './RelayDevice';
import type { Role } from './roles';

/** In which forms a picture leaves for the router. Pure. */

export const codecWishes = ['auto', 'VP8', 'VP9', 'H264', 'AV1'] as const;
export type CodecWish = (typeof codecWishes)[number];

export interface Encoding {
  readonly maxBitrate: number;
  readonly scaleResolutionDownBy?: number;
  readonly scalabilityMode?: string;
}

export interface Plan {
  /** As in `video/VP8`, without its kind. */
  readonly codec: string;
  /** The smallest first. */
  readonly encodings: readonly Encoding[];
}

export interface Sender {
  readonly browser: Browser;
  readonly videoCodecs: readonly string[];
}

/** What every browser can send in several sizes. */
const everywhere = 'VP8';

/** Null for sound, which goes as the library has it. */
export function planOf(
  role: Role,
  track: MediaStreamTrack,
  wish: CodecWish,
  sender: Sender,
): Plan | null {
  switch (role) {
    case 'camera':
      return cameraPlan(shorterSide(track), wish, sender);
    case 'screen':
      return { codec: everywhere, encodings: [{ maxBitrate: 2_500_000 }] };
    case 'audio':
    case 'screenAudio':
      return null;
  }
}

export function cameraPlan(height: number, wish: CodecWish, sender: Sender): Plan {
  const codec = codecFor(wish, sender);
  const layered = codec === 'VP9' || codec === 'AV1';
  return { codec, encodings: layered ? inLayers(height) : sideBySide(height) };
}

/** Whether a track that goes by one plan may go on under the other. */
export function samePlan(a: Plan | null, b: Plan | null): boolean {
  if (!a || !b) return a === b;
  return (
    a.codec === b.codec &&
    a.encodings.length === b.encodings.length &&
    a.encodings.every((each, at) => each.scalabilityMode === b.encodings[at]?.scalabilityMode)
  );
}

/** How many sizes of a track the router can choose from, by its scalability mode. */
export function layersOf(rtpParameters: Record<string, unknown>): number {
  const { encodings } = rtpParameters as { encodings?: readonly { scalabilityMode?: unknown }[] };
  const mode = encodings?.[0]?.scalabilityMode;
  const layers = typeof mode === 'string' ? /^[LS](\d)T\d/.exec(mode)?.[1] : undefined;
  return Math.max(1, Number(layers ?? 1));
}

/** Upright pictures of phones have their lines across; browsers count pixels, not lines. */
function shorterSide(track: MediaStreamTrack): number {
  const { width, height } = track.getSettings();
  return Math.min(width ?? Infinity, height ?? 720);
}

/** Firefox sends neither VP9 nor AV1 in layers that can be told apart, and H264 in one size only. */
function codecFor(wish: CodecWish, { browser, videoCodecs }: Sender): string {
  if (wish === 'auto' || !videoCodecs.includes(wish)) return everywhere;
  const layered = wish === 'VP9' || wish === 'AV1';
  if (layered && browser !== 'chromium') return everywhere;
  if (wish === 'H264' && browser === 'firefox') return everywhere;
  return wish;
}

/**
 * What a browser takes the way for before it has measured: left alone it begins with 300 kbit/s, and
 * on a busy machine may take half a minute until the large size has room. Never more than is sent.
 */
export function startKilobits({ encodings }: Plan): number {
  const most = encodings.reduce((sum, { maxBitrate }) => sum + maxBitrate, 0);
  return Math.min(most / 1000, 1000);
}

/** Browsers leave out the large ones of more than the picture has room for. */
function sideBySide(height: number): Encoding[] {
  if (height >= 540) {
    return [
      { scaleResolutionDownBy: 4, maxBitrate: 150_000 },
      { scaleResolutionDownBy: 2, maxBitrate: 500_000 },
      { scaleResolutionDownBy: 1, maxBitrate: 1_500_000 },
    ];
  }
  if (height >= 270) {
    return [
      { scaleResolutionDownBy: 2, maxBitrate: 200_000 },
      { scaleResolutionDownBy: 1, maxBitrate: 700_000 },
    ];
  }
  return [{ maxBitrate: 300_000 }];
}

/** One stream whose sizes build upon each other in key pictures only. */
function inLayers(height: number): Encoding[] {
  if (height >= 540) return [{ scalabilityMode: 'L3T3_KEY', maxBitrate: 1_500_000 }];
  if (height >= 270) return [{ scalabilityMode: 'L2T3_KEY', maxBitrate: 700_000 }];
  return [{ scalabilityMode: 'L1T3', maxBitrate: 300_000 }];
}
