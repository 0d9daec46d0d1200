// SPDX-License-Identifier: Apache-2.0
// Generated from the Java records in noom.server.message by `./noom fix`.
// Do not edit: a test fails when this file and the records differ.

export interface Candidate {
  kind: 'candidate';
  connection: string;
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
  usernameFragment: string | null;
}

export interface ChatAccepted {
  kind: 'chat-accepted';
  seq: number;
  atMillis: number;
}

export interface ChatSent {
  kind: 'chat-sent';
  seq: number;
  atMillis: number;
  personId: string;
  name: string;
  clientMessageId: string;
  text: string;
}

export interface ConnectTransport {
  transportId: string;
  dtlsParameters: Record<string, unknown>;
}

export interface ConsumerClosed {
  consumerId: string;
}

export interface ConsumerOffer {
  consumerId: string;
  producerId: string;
  personId: string;
  role: TrackRole;
  rtpParameters: Record<string, unknown>;
}

export interface CreateMeeting {
  title: string;
  listed: boolean;
}

export interface Description {
  kind: 'description';
  connection: string;
  type: string;
  sdp: string;
}

export interface DeviceStates {
  microphone: boolean;
  camera: boolean;
  screen: boolean;
}

export interface Done {
  kind: 'done';
}

export interface DtlsFingerprint {
  algorithm: string;
  value: string;
}

export interface DtlsParameters {
  role: string;
  fingerprints: DtlsFingerprint[];
}

export interface FacesChosen {
  personIds: string[] | null;
}

export interface History {
  kind: 'history';
  events: MeetingEvent[];
  more: boolean;
}

export interface HistoryRequest {
  seq: number;
}

export interface IceCandidate {
  foundation: string;
  priority: number;
  address: string;
  ip: string;
  protocol: string;
  port: number;
  type: string;
}

export interface IceParameters {
  usernameFragment: string;
  password: string;
  iceLite: boolean;
}

export interface IceRestarted {
  kind: 'ice-restarted';
  iceParameters: IceParameters;
}

export interface IceServer {
  urls: string[];
}

export interface JoinRequest {
  meetingId: string;
  name: string;
  resumeSecret: string | null;
  lastSeq: number | null;
  devices: DeviceStates;
}

export interface Joined {
  kind: 'joined';
  meeting: MeetingInfo;
  me: string;
  resumeSecret: string;
  people: Person[];
  history: History;
  iceServers: IceServer[];
}

export interface LayersWanted {
  producerId: string;
  maxSpatialLayer: number;
}

export interface LeaveMeeting {
  resumeSecret: string;
}

export type LeaveReason =
  | 'left'
  | 'connection-lost';

export interface ListedMeeting {
  id: string;
  title: string;
  peopleCount: number;
  createdAtMillis: number;
}

export interface ListedMeetings {
  meetings: ListedMeeting[];
}

export interface MediaCapabilities {
  kind: 'media-capabilities';
  rtpCapabilities: Record<string, unknown>;
}

export interface MediaState {
  kind: 'media-state';
  transportIds: string[];
  producerIds: string[];
  consumers: ConsumerOffer[];
}

export type MeetingEvent =
  | PersonJoined
  | PersonRenamed
  | PersonLeft
  | ChatSent;

export interface MeetingInfo {
  id: string;
  title: string;
  listed: boolean;
}

export interface MeetingPreview {
  id: string;
  title: string;
  listed: boolean;
  names: string[];
  seats: number;
}

export interface Nothing {
}

export interface OpenTransport {
  direction: TransportDirection;
  rtpCapabilities: Record<string, unknown> | null;
}

export interface Person {
  id: string;
  name: string;
  devices: DeviceStates;
  linked: boolean;
  joinedAtMillis: number;
}

export interface PersonJoined {
  kind: 'person-joined';
  seq: number;
  atMillis: number;
  personId: string;
  name: string;
}

export interface PersonLeft {
  kind: 'person-left';
  seq: number;
  atMillis: number;
  personId: string;
  reason: LeaveReason;
}

export interface PersonRenamed {
  kind: 'person-renamed';
  seq: number;
  atMillis: number;
  personId: string;
  name: string;
}

export interface Presence {
  personId: string;
  devices: DeviceStates;
  linked: boolean;
}

export interface Produce {
  transportId: string;
  role: TrackRole;
  rtpParameters: Record<string, unknown>;
}

export interface Produced {
  kind: 'produced';
  producerId: string;
}

export interface ProducerRef {
  producerId: string;
}

export type RefusalCode =
  | 'bad-request'
  | 'unknown-meeting'
  | 'meeting-full'
  | 'not-in-meeting'
  | 'peer-away'
  | 'bad-name'
  | 'bad-text'
  | 'media-refused'
  | 'media-gone'
  | 'too-fast'
  | 'not-saved';

export interface Refused {
  kind: 'refused';
  code: RefusalCode;
  message: string;
}

export interface Rename {
  name: string;
}

export interface Replaced {
  meetingId: string;
}

export interface SendChat {
  clientMessageId: string;
  text: string;
}

export interface SendSignal {
  to: string;
  signal: Signal;
}

export type Signal =
  | Description
  | Candidate;

export interface SignalReceived {
  from: string;
  signal: Signal;
}

export interface SpeakerChanged {
  personId: string | null;
}

export type TrackRole =
  | 'audio'
  | 'camera'
  | 'screen'
  | 'screen-audio';

export interface TransportClosed {
  transportId: string;
}

export type TransportDirection =
  | 'send'
  | 'receive';

export interface TransportOpened {
  kind: 'transport-opened';
  transportId: string;
  iceParameters: IceParameters;
  iceCandidates: IceCandidate[];
  dtlsParameters: DtlsParameters;
}

export interface TransportRef {
  transportId: string;
}

export interface Watch {
  consumerId: string;
  watching: boolean;
  spatialLayer: number;
}

/** Requests of the page; each is acknowledged. */
export interface FromPage {
  'meeting:join': { request: JoinRequest; answer: Joined | Refused };
  'meeting:leave': { request: Nothing; answer: Done | Refused };
  'meeting:rename': { request: Rename; answer: Done | Refused };
  'chat:send': { request: SendChat; answer: ChatAccepted | Refused };
  'history:after': { request: HistoryRequest; answer: History | Refused };
  'history:before': { request: HistoryRequest; answer: History | Refused };
  'devices:set': { request: DeviceStates; answer: Done | Refused };
  'signal:send': { request: SendSignal; answer: Done | Refused };
  'home:watch': { request: Nothing; answer: Done | Refused };
  'media:capabilities': { request: Nothing; answer: MediaCapabilities | Refused };
  'media:open': { request: OpenTransport; answer: TransportOpened | Refused };
  'media:connect': { request: ConnectTransport; answer: Done | Refused };
  'media:restart-ice': { request: TransportRef; answer: IceRestarted | Refused };
  'media:close': { request: TransportRef; answer: Done | Refused };
  'media:produce': { request: Produce; answer: Produced | Refused };
  'media:close-producer': { request: ProducerRef; answer: Done | Refused };
  'media:watch': { request: Watch; answer: Done | Refused };
  'media:state': { request: Nothing; answer: MediaState | Refused };
}

/** Events that the server sends by itself. */
export interface FromServer {
  'meeting:event': MeetingEvent;
  'meeting:presence': Presence;
  'meeting:replaced': Replaced;
  'signal:received': SignalReceived;
  'home:meetings': ListedMeetings;
  'media:consumer': ConsumerOffer;
  'media:consumer-closed': ConsumerClosed;
  'media:transport-closed': TransportClosed;
  'media:layers-wanted': LayersWanted;
  'media:speaker': SpeakerChanged;
  'media:faces': FacesChosen;
}
