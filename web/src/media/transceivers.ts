// SPDX-License-Identifier: Apache-2.0
import { kindOf, noTracks, roles, type Role, type Tracks } from './roles';

/** The four transceivers of a connection, found by their place, which both sides share. */

/** The offering side makes them. */
export function addTransceivers(connection: RTCPeerConnection): void {
  const streams = [new MediaStream()];
  for (const role of roles) {
    const screen = role === 'screen' || role === 'screenAudio';
    connection.addTransceiver(kindOf(role), {
      direction: 'sendrecv',
      streams: screen ? [] : streams,
    });
  }
}

/** The answering side has them from the offer, and makes them send as well. */
export function takeOverTransceivers(connection: RTCPeerConnection): void {
  const stream = new MediaStream();
  connection.getTransceivers().forEach((transceiver, index) => {
    if (index >= roles.length) return;
    transceiver.direction = 'sendrecv';
    if (index < 2) setStreams(transceiver.sender, stream);
  });
}

/** Puts these tracks, and nothing else, on the senders. */
export function sendTracks(connection: RTCPeerConnection, outgoing: Tracks): void {
  const transceivers = connection.getTransceivers();
  for (const [index, role] of roles.entries()) {
    const sender = transceivers[index]?.sender;
    const track = outgoing[role];
    if (!sender || sender.track === track) continue;
    sender.replaceTrack(track).catch((error: unknown) => {
      if (connection.signalingState !== 'closed') console.warn(`cannot send ${role}`, error);
    });
  }
}

export function receivedTracks(connection: RTCPeerConnection): Tracks {
  const tracks: Record<Role, MediaStreamTrack | null> = { ...noTracks };
  const transceivers = connection.getTransceivers();
  for (const [index, role] of roles.entries()) {
    tracks[role] = transceivers[index]?.receiver.track ?? null;
  }
  return tracks;
}

/** Sound and picture of one stream are kept in step; older browsers lack the function. */
function setStreams(sender: RTCRtpSender, stream: MediaStream): void {
  const { setStreams: set } = sender as Partial<RTCRtpSender>;
  set?.call(sender, stream);
}
