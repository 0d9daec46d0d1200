// SPDX-License-Identifier: Apache-2.0
// The page of the two servers; both serve it. It does not know that there are two.
'use strict';

const socket = io({ transports: ['websocket', 'polling'], tryAllTransports: true });

const byId = (id) => document.getElementById(id);
const state = byId('state');
let changes = 0; // heard so far

function add(list, text, server) {
  const item = document.createElement('li');
  item.textContent = text; // text, never HTML: a message is not a program
  const tag = document.createElement('span');
  tag.textContent = server;
  tag.className = 'tag';
  item.append(' ', tag);
  list.append(item);
  return item;
}

// An answer that a change has overtaken is old: that change asks again.
function askWho() {
  const mine = ++changes;
  socket.emit('who', (people) => {
    if (mine !== changes) return;
    if (!Array.isArray(people)) {
      state.textContent = 'The other server does not answer. The list may be old.';
      return;
    }
    state.textContent = 'Connected';
    const list = byId('people');
    list.replaceChildren();
    people
      .sort((a, b) => `${a.name} ${a.server}`.localeCompare(`${b.name} ${b.server}`))
      .forEach((person) => add(list, person.name, person.server));
  });
}

socket.on('connect', () => {
  state.textContent = 'Connected';
  if (byId('name').value !== '') socket.emit('name', byId('name').value);
  askWho();
});
socket.on('disconnect', () => {
  state.textContent = 'The server is away. Trying again…';
});
socket.on('changed', askWho);
socket.on('said', (name, server, text) => {
  add(byId('log'), `${name}: ${text}`, server).scrollIntoView({ block: 'nearest' });
});

byId('name-form').addEventListener('submit', (event) => {
  event.preventDefault();
  socket.emit('name', byId('name').value);
});

byId('message-form').addEventListener('submit', (event) => {
  event.preventDefault();
  if (!socket.connected) return; // the text stays where it is, to be sent again
  socket.emit('say', byId('message').value, () => undefined);
  byId('message').value = '';
});
