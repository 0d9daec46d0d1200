// SPDX-License-Identifier: Apache-2.0
import type {
  AppData,
  Device,
  DtlsParameters,
  IceCandidate,
  MediaKind,
  ProducerOptions,
  RtpCodecCapability,
  RtpParameters,
  Transport,
  TransportOptions,
} from 'mediasoup-client/types';
import type { TransportOpened } from '../protocol/messages';
import type {
  Browser,
  OpenDevice,
  Parameters,
  Port,
  PortHooks,
  ReceivePort,
  RelayDevice,
  SendHooks,
  SendPort,
} from './RelayDevice';
import { type Plan, startKilobits } from './encodings';
import { fromWire, kindOf, type Role } from './roles';

/** `RelayDevice` by mediasoup-client; the only place that knows it. Loaded when first needed. */
export const openDevice: OpenDevice = async (routerCapabilities) => {
  const { Device } = await import('mediasoup-client');
  return loaded(await Device.factory(), routerCapabilities);
};

export async function loaded(device: Device, routerCapabilities: Parameters): Promise<RelayDevice> {
  await device.load({ routerRtpCapabilities: routerCapabilities });
  return {
    browser: browserOf(device.handlerName),
    videoCodecs: sendCodecs(device)
      .filter(({ kind, mimeType }) => kind === 'video' && !mimeType.endsWith('/rtx'))
      .map(({ mimeType }) => mimeType.slice('video/'.length)),
    receives: device.recvRtpCapabilities as unknown as Parameters,
    openSend: (opened, hooks) => openSend(device, opened, hooks),
    openReceive: (opened, hooks) => openReceive(device, opened, hooks),
  };
}

function sendCodecs(device: Device): RtpCodecCapability[] {
  return device.sendRtpCapabilities.codecs ?? [];
}

function browserOf(handler: string): Browser {
  if (handler.startsWith('Chrome')) return 'chromium';
  if (handler.startsWith('Firefox')) return 'firefox';
  return handler.startsWith('Safari') ? 'safari' : 'other';
}

function optionsOf(opened: TransportOpened): TransportOptions {
  return {
    id: opened.transportId,
    iceParameters: opened.iceParameters,
    iceCandidates: opened.iceCandidates as IceCandidate[],
    dtlsParameters: opened.dtlsParameters as DtlsParameters,
  };
}

function portOf(transport: Transport, hooks: PortHooks): Port {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    hooks.connect(dtlsParameters as unknown as Parameters).then(done, failed);
  });
  transport.on('connectionstatechange', (state) => hooks.stateChanged(state));
  return {
    restartIce: (iceParameters) => transport.restartIce({ iceParameters }),
    close: () => transport.close(),
  };
}

function openSend(device: Device, opened: TransportOpened, hooks: SendHooks): SendPort {
  const transport = device.createSendTransport(optionsOf(opened));
  transport.on('produce', ({ rtpParameters, appData }, done, failed) => {
    hooks
      .produce(appData['role'] as Role, rtpParameters as unknown as Parameters)
      .then((id) => done({ id }), failed);
  });
  return {
    ...portOf(transport, hooks),
    produce: async (track, role, plan) => {
      const producer = await transport.produce(sendingOf(device, track, role, plan));
      return {
        id: producer.id,
        // Not by the library, which would put it in line behind negotiations: what is turned off
        // leaves the sender in the same turn.
        replace: (next) =>
          producer.rtpSender?.replaceTrack(next) ?? producer.replaceTrack({ track: next }),
        // Encodings rest by `active`; the library also marks them in the answer, without which the
        // next negotiation would wake them.
        setMaxSpatialLayer: (layer) => producer.setMaxSpatialLayer(layer),
        close: () => producer.close(),
      };
    },
  };
}

/** Tracks stay their slot's: the library neither stops nor silences them. */
function sendingOf(
  device: Device,
  track: MediaStreamTrack,
  role: Role,
  plan: Plan | null,
): ProducerOptions<AppData & { role: Role }> {
  const common = {
    track,
    appData: { role },
    stopTracks: false,
    disableTrackOnPause: false,
    zeroRtpOnPause: false,
  };
  if (!plan) {
    // No DTX: whose sound pauses has no level, and levels say who speaks.
    return { ...common, codecOptions: { opusFec: true, opusDtx: false, opusNack: true } };
  }
  const mime = `video/${plan.codec}`.toLowerCase();
  const codec = sendCodecs(device).find(({ mimeType }) => mimeType.toLowerCase() === mime);
  return {
    ...common,
    encodings: plan.encodings.map((encoding) => ({ ...encoding })),
    ...(codec && { codec }),
    codecOptions: { videoGoogleStartBitrate: startKilobits(plan) },
  };
}

function openReceive(device: Device, opened: TransportOpened, hooks: PortHooks): ReceivePort {
  const transport = device.createRecvTransport(optionsOf(opened));
  return {
    ...portOf(transport, hooks),
    consume: async ({ consumerId, producerId, personId, role, rtpParameters }) => {
      const kind: MediaKind = kindOf(fromWire(role));
      const consumer = await transport.consume({
        id: consumerId,
        producerId,
        kind,
        rtpParameters: rtpParameters as unknown as RtpParameters,
        // Sound and picture of one stream are kept in step; a screen has its own pace.
        streamId: role === 'screen' || role === 'screen-audio' ? `${personId}-screen` : personId,
      });
      return {
        track: consumer.track,
        receiver: consumer.rtpReceiver,
        close: () => consumer.close(),
      };
    },
  };
}
