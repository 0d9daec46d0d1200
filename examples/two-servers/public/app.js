// SPDX-License-Identifier: Apache-2.0
// The page of the two servers; both serve it. It does not know that there are two.
'use strict';

const socket = io({ transports: ['websocket', 'polling'], tryAllTransports: true });

const byId = (id) => document.getElementById(id);
const state = byId('state');
const ASK_AGAIN_MILLIS = 5_000;
let changes = 0; // heard so far
let later; // the next question, unless a change comes before

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

// An answer that a change has overtaken is old: that change asks again. A server that was killed
// tells nobody, so the page also asks when nothing happens.
function askWho() {
  clearTimeout(later);
  const mine = ++changes;
  socket.emit('who', (people) => {
    if (mine !== changes) return;
    later = setTimeout(askWho, ASK_AGAIN_MILLIS);
    if (!Array.isArray(people)) {
      state.textContent = 'The other server does not answer. Asking again…';
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
  clearTimeout(later);
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
