// SPDX-License-Identifier: Apache-2.0
// The page of the video call: joins the buttons, the socket, our media and the call.

import { Call } from './call.js';
import { LocalMedia } from './media.js';

const STATES = {
  alone: 'Waiting for the other one…',
  connecting: 'Connecting to the other one…',
  connected: 'In a call',
  disconnected: 'The connection is shaky…',
  failed: 'The call could not be set up.',
};

const byId = (id) => document.getElementById(id);
const socket = io({ transports: ['websocket', 'polling'], tryAllTransports: true });
const media = new LocalMedia();
const stunUrl = `stun:${location.hostname}:${document.body.dataset.stunPort}`;
const call = new Call(media, stunUrl, (event, payload) => socket.emit(event, payload, room));
let room = '';

function show(line, kind) {
  const item = document.createElement('li');
  item.textContent = line; // text, never HTML: a message is not a program
  item.className = kind;
  byId('log').append(item);
  item.scrollIntoView({ block: 'nearest' });
}

function enterRoom() {
  socket.emit('join_room', room, (refusal) => {
    if (refusal === undefined) return;
    byId('state').textContent =
      refusal.error === 'room-full' ? 'Two are in that room already.' : 'That cannot be a room.';
    leave();
  });
}

async function join(name) {
  room = name;
  byId('room-form').hidden = true;
  byId('call').hidden = false;
  byId('state').textContent = STATES.alone;
  await media.open(); // first, so that the first offer has pictures in it
  enterRoom();
}

async function leave() {
  room = '';
  byId('call').hidden = true;
  byId('room-form').hidden = false;
  await Promise.all([call.close(), media.close()]);
}

async function showCameras() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const cameras = devices.filter((device) => device.kind === 'videoinput' && device.deviceId);
  const options = cameras.map((camera, i) => new Option(camera.label || `Camera ${i + 1}`, camera.deviceId));
  if (media.hasFacingCameras) {
    options.push(new Option('Front camera', 'facing:user'), new Option('Back camera', 'facing:environment'));
  }
  const select = byId('cameras');
  const before = select.value;
  select.replaceChildren(...options);
  select.value = media.runningCameraId || before;
  select.disabled = options.length === 0;
}

media.addEventListener('change', () => {
  byId('microphone').textContent = media.isMuted ? 'Unmute' : 'Mute';
  byId('microphone').setAttribute('aria-pressed', media.isMuted);
  byId('camera').textContent = media.isCameraOn ? 'Turn camera off' : 'Turn camera on';
  byId('camera').setAttribute('aria-pressed', !media.isCameraOn);
  byId('mine').srcObject = media.isCameraOn ? new MediaStream([media.videoToSend]) : null;
  showCameras();
});
media.addEventListener('trouble', ({ detail }) => {
  byId('trouble').textContent = detail;
});
navigator.mediaDevices?.addEventListener('devicechange', showCameras);

call.addEventListener('remote', ({ detail }) => {
  byId('theirs').srcObject = detail;
});
call.addEventListener('message', ({ detail }) => show(`The other: ${detail}`, 'theirs'));
call.addEventListener('state', ({ detail: { state, error } }) => {
  if (error !== undefined) console.error(error);
  if (state === 'chat' || state === 'alone') byId('send').disabled = state === 'alone';
  if (state in STATES && room !== '') byId('state').textContent = STATES[state];
});

socket.on('connect', () => {
  if (room === '') byId('state').textContent = 'Connected';
  else enterRoom(); // the server was away and has forgotten us
});
socket.on('disconnect', () => {
  // A call goes on without the server: only meeting somebody new needs it.
  if (room === '') byId('state').textContent = 'The server is away. Trying again…';
});
socket.on('welcome', () => call.welcome());
socket.on('offer', (description) => call.offer(description));
socket.on('answer', (description) => call.answer(description));
socket.on('ice', (candidate) => call.ice(candidate));

byId('room-form').addEventListener('submit', (event) => {
  event.preventDefault();
  join(byId('room').value.trim());
});
byId('microphone').addEventListener('click', () => media.setMuted(!media.isMuted));
byId('camera').addEventListener('click', () => {
  byId('trouble').textContent = '';
  media.setCamera(!media.isCameraOn);
});
byId('cameras').addEventListener('change', ({ target: { value } }) => {
  byId('trouble').textContent = '';
  const facing = /^facing:(.*)$/.exec(value)?.[1];
  media.choose(
    facing === undefined ? { deviceId: { exact: value } } : { facingMode: { exact: facing } },
  );
});
byId('leave').addEventListener('click', async () => {
  await leave();
  socket.disconnect().connect(); // leaves the room on the server too
});
byId('message-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = byId('message');
  if (!call.say(input.value)) return;
  show(`You: ${input.value}`, 'mine');
  input.value = '';
});
