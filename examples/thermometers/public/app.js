// SPDX-License-Identifier: Apache-2.0
// The page of the thermometers: the application's routes by `fetch`, and Socket.IO for what is live.
'use strict';

const socket = io({ transports: ['websocket', 'polling'], tryAllTransports: true });

const byId = (id) => document.getElementById(id);
const state = byId('state');
const readings = new Map(); // place to celsius

function show() {
  const items = [...readings].sort().map(([place, celsius]) => {
    const item = document.createElement('li');
    item.textContent = `${place}: ${celsius.toFixed(1)} °C`; // text, never HTML
    return item;
  });
  byId('readings').replaceChildren(...items);
  byId('readings').hidden = items.length === 0;
  byId('none').hidden = items.length > 0;
}

socket.on('connect', async () => {
  state.textContent = 'Connected';
  const known = await (await fetch('/api/readings')).json();
  for (const [place, celsius] of Object.entries(known)) {
    if (!readings.has(place)) readings.set(place, celsius); // an event may have come meanwhile
  }
  show();
});
socket.on('disconnect', () => {
  state.textContent = 'The server is away. Trying again…';
  readings.clear(); // what they are now, nobody knows
});
socket.on('reading', ({ place, celsius }) => {
  readings.set(place, celsius);
  show();
});

byId('reading-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const celsius = Number(byId('celsius').value);
  const answer = await fetch(`/api/readings/${encodeURIComponent(byId('place').value)}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ celsius }),
  }).catch(() => undefined);
  state.textContent = answer?.ok === true ? 'Sent' : 'Not sent';
});

byId('ask-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const place = byId('asked').value;
  const answer = await socket
    .timeout(5_000)
    .emitWithAck('latest', place)
    .catch(() => undefined);
  byId('answer').textContent =
    typeof answer === 'number'
      ? `It is ${answer.toFixed(1)} °C in ${place}.`
      : `Nobody has measured in ${place}.`;
});
