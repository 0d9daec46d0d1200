// SPDX-License-Identifier: Apache-2.0
// The page of the chat rooms. WebSocket first, long-polling where WebSocket is not let through.
'use strict';

const socket = io({ transports: ['websocket', 'polling'], tryAllTransports: true });

const byId = (id) => document.getElementById(id);
const state = byId('state');
let room = ''; // where we are; empty in the lobby
let heardCount = 0; // events so far

function show(line, kind) {
  const item = document.createElement('li');
  item.textContent = line; // text, never HTML: a message is not a program
  item.className = kind;
  byId('log').append(item);
  item.scrollIntoView({ block: 'nearest' });
}

function showRooms(names) {
  const items = names.map((name) => {
    const button = document.createElement('button');
    button.textContent = name;
    button.addEventListener('click', () => enter(name));
    const item = document.createElement('li');
    item.append(button);
    return item;
  });
  if (items.length === 0) {
    const none = document.createElement('li');
    none.textContent = 'None yet: open the first.';
    none.className = 'quiet';
    items.push(none);
  }
  byId('rooms').replaceChildren(...items);
}

function showPlace(count) {
  byId('lobby').hidden = room !== '';
  byId('inside').hidden = room === '';
  byId('room-title').textContent = count === undefined ? room : `${room} (${count})`;
}

// The home page is rendered with the rooms of the moment, so asking for it again tells what
// happened before we were listening: which rooms are open, and how many are in ours. An answer that
// an event has overtaken is old, so it is asked for again.
async function catchUp() {
  const heardBefore = heardCount;
  const page = await (await fetch('/')).text();
  if (heardCount !== heardBefore) return catchUp();
  const list = new DOMParser().parseFromString(page, 'text/html').getElementById('rooms');
  const rooms = JSON.parse(list.dataset.rooms);
  showRooms(rooms.map((open) => open.name));
  showPlace(rooms.find((open) => open.name === room)?.count);
}

function enter(name) {
  socket.emit('enter_room', name, (refusal) => {
    if (refusal !== undefined) {
      state.textContent = 'That name cannot be a room.';
      return;
    }
    room = name;
    byId('log').replaceChildren();
    catchUp();
    byId('message').focus();
  });
}

socket.onAny(() => {
  heardCount++;
});
socket.on('connect', () => {
  state.textContent = 'Connected';
  if (byId('name').value !== '') socket.emit('nickname', byId('name').value);
  if (room === '') catchUp();
  else socket.emit('enter_room', room, catchUp); // the server was away and has forgotten us
});
socket.on('disconnect', () => {
  state.textContent = 'The server is away. Trying again…';
  showPlace(); // how many are there now, nobody knows
});
socket.on('welcome', (nickname, count) => {
  show(`${nickname} came in.`, 'note');
  showPlace(count);
});
socket.on('bye', (nickname, count) => {
  show(`${nickname} left.`, 'note');
  showPlace(count);
});
socket.on('new_message', (line) => show(line, 'theirs'));
socket.on('room_change', showRooms);

byId('name-form').addEventListener('submit', (event) => {
  event.preventDefault();
  socket.emit('nickname', byId('name').value);
  state.textContent = `You are ${byId('name').value.trim() || 'Anon'}.`;
});

byId('room-form').addEventListener('submit', (event) => {
  event.preventDefault();
  enter(byId('room').value.trim());
  byId('room').value = '';
});

byId('message-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!socket.connected) {
    show('Not sent: the server is away.', 'note');
    return; // the text stays where it is, to be sent again
  }
  const text = byId('message').value;
  socket.emit('new_message', text, room, (refusal) => {
    if (refusal === undefined) show(`You: ${text}`, 'mine');
    else show(`Not sent: ${text}`, 'note');
  });
  byId('message').value = '';
});

byId('leave').addEventListener('click', () => {
  room = '';
  showPlace();
  socket.disconnect().connect(); // leaving is a disconnection: the others hear "bye"
});

showRooms(JSON.parse(byId('rooms').dataset.rooms).map((open) => open.name));
