// SPDX-License-Identifier: Apache-2.0
// The page of the notice board. It does nothing to be recovered: the client library does.
'use strict';

const socket = io({ transports: ['websocket', 'polling'], tryAllTransports: true });

const byId = (id) => document.getElementById(id);
const state = byId('state');
const line = byId('line');
const followed = new Set(); // rooms, for a server that has forgotten us
let isCut = false; // by us
let wasConnected = false;
let late = 0; // notices since the line was lost

function show(text, kind) {
  const item = document.createElement('li');
  item.textContent = text; // text, never HTML: a notice is not a program
  item.className = kind;
  byId('log').append(item);
  item.scrollIntoView({ block: 'nearest' });
}

function follow(room, button) {
  const isFollowed = followed.has(room);
  socket.emit(isFollowed ? 'leave' : 'enter', room, (refusal) => {
    if (refusal !== undefined) return;
    if (isFollowed) followed.delete(room);
    else followed.add(room);
    button.setAttribute('aria-pressed', String(!isFollowed));
  });
}

function showRooms(rooms) {
  const buttons = rooms.map((room) => {
    const button = document.createElement('button');
    button.textContent = room;
    button.setAttribute('aria-pressed', String(followed.has(room)));
    button.addEventListener('click', () => follow(room, button));
    return button;
  });
  byId('rooms').replaceChildren(...buttons);
  const options = rooms.map((room) => new Option(room));
  byId('room').replaceChildren(...options);
}

socket.on('connect', () => {
  state.textContent = socket.recovered
    ? 'Recovered: same id, same rooms, nothing missed.'
    : wasConnected
      ? 'New here: the server had forgotten us.'
      : 'Connected';
  state.classList.toggle('good', socket.recovered);
  if (wasConnected) show(socket.recovered ? `Recovered: ${late} came late.` : 'Connected anew.', 'note');
  if (!socket.recovered) for (const room of followed) socket.emit('enter', room);
  wasConnected = true;
  line.disabled = false;
});

socket.on('disconnect', () => {
  state.textContent = isCut ? 'The line is cut.' : 'The server is away. Trying again…';
  state.classList.remove('good');
  late = 0;
  show(isCut ? 'The line is cut.' : 'The line broke.', 'note');
});

// A recovered client hears all of these that it missed, right before `connect`.
socket.on('notice', (number, room, text) => {
  late++;
  show(`${number} · ${room}: ${text}`, 'theirs');
});
socket.on('rooms', showRooms);

line.addEventListener('click', () => {
  isCut = !isCut;
  line.textContent = isCut ? 'Mend the line' : 'Cut the line';
  socket.io.reconnection(!isCut); // the client would mend it by itself, and at once
  if (isCut) socket.io.engine.close();
  else socket.connect();
});

byId('notice-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const room = byId('room').value;
  const text = byId('text').value;
  byId('text').value = '';
  // Plain HTTP, which works while the line is cut.
  const answer = await fetch(`/notices?room=${room}`, { method: 'POST', body: text }).catch(() => undefined);
  if (answer?.ok !== true) show(`Not published: ${text}`, 'note');
  else if (isCut) show(`${await answer.text()} is published, and waits for us.`, 'note');
});
