// SPDX-License-Identifier: Apache-2.0
// The page of the public chat: one WebSocket to the host it came from.
'use strict';

const RETRY_MILLIS = 1000;

const state = document.getElementById('state');
const log = document.getElementById('log');
const nameInput = document.getElementById('name');
const messageInput = document.getElementById('message');
let socket;

function show(line, kind) {
  const item = document.createElement('li');
  item.textContent = line; // text, never HTML: a message is not a program
  item.className = kind;
  log.append(item);
  item.scrollIntoView({ block: 'nearest' });
}

function send(type, payload) {
  if (socket.readyState !== WebSocket.OPEN) {
    show('Not sent: the server is away.', 'note');
    return false;
  }
  socket.send(JSON.stringify({ type, payload }));
  return true;
}

function connect() {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  socket = new WebSocket(`${scheme}//${location.host}`);
  socket.addEventListener('open', () => {
    state.textContent = 'Connected';
    if (nameInput.value !== '') send('nickname', nameInput.value);
  });
  socket.addEventListener('message', (event) => show(event.data, 'theirs'));
  socket.addEventListener('close', () => {
    state.textContent = 'The server is away. Trying again…';
    setTimeout(connect, RETRY_MILLIS);
  });
}

document.getElementById('name-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (send('nickname', nameInput.value)) {
    show(`You are now ${nameInput.value.trim() || 'Anon'}.`, 'note');
  }
});

document.getElementById('message-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (send('new_message', messageInput.value)) {
    show(`You: ${messageInput.value}`, 'mine');
    messageInput.value = '';
  }
});

connect();
