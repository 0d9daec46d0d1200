// SPDX-License-Identifier: Apache-2.0
/** Two moons meet: the double o of the name. */

const crescent = 'M13.25 6.43A6.5 6.5 0 1 1 13.25 17.57A8 8 0 0 0 13.25 6.43z';

export function Mark({ tone = 'plain' }: { tone?: 'plain' | 'set' }) {
  return (
    <svg class={`mark mark--${tone}`} viewBox="0 4 24 16" aria-hidden="true">
      <circle class="mark__moon" cx="7.5" cy="12" r="6.5" />
      <path class="mark__crescent" d={crescent} />
    </svg>
  );
}

export function Wordmark() {
  return (
    <svg class="wordmark" viewBox="0 2 72 22" aria-hidden="true">
      <g fill="none" stroke="var(--text)" stroke-width="3.3" stroke-linecap="round">
        <path d="M2.5 19.4V11.9a5.3 5.3 0 0 1 10.6 0v7.5" />
        <path d="M50.6 19.4V11.3a4.7 4.7 0 0 1 9.4 0v8.1M60 11.3a4.7 4.7 0 0 1 9.4 0v8.1" />
      </g>
      <circle cx="25" cy="13" r="8" fill="var(--accent)" />
      <path d="M32.02 6.31A8 8 0 1 1 32.02 19.69A9.7 9.7 0 0 0 32.02 6.31z" fill="var(--text)" />
    </svg>
  );
}

/** The home page's picture. */
export function Moonrise() {
  return (
    <svg class="moonrise" viewBox="0 0 520 520" aria-hidden="true">
      <defs>
        <radialGradient id="moon" cx=".34" cy=".28" r=".9">
          <stop offset="0" stop-color="#BECAFF" />
          <stop offset=".55" stop-color="#8FA2FF" />
          <stop offset="1" stop-color="#5467E0" />
        </radialGradient>
        <linearGradient id="crescent" x1="0" y1="0" x2="1" y2="1">
          <stop class="moonrise__lit" offset="0" />
          <stop class="moonrise__dim" offset="1" />
        </linearGradient>
        <radialGradient id="halo">
          <stop class="moonrise__halo" offset=".5" />
          <stop class="moonrise__dark" offset="1" />
        </radialGradient>
      </defs>
      <circle cx="250" cy="260" r="258" fill="url(#halo)" />
      <g class="moonrise__orbits">
        <circle cx="250" cy="260" r="196" />
        <circle cx="250" cy="260" r="244" />
      </g>
      <circle cx="192" cy="260" r="112" fill="url(#moon)" />
      <path
        d="M285.8 164.31A112 112 0 1 1 285.8 355.69A134 134 0 0 0 285.8 164.31z"
        fill="url(#crescent)"
      />
      <circle cx="90" cy="149" r="6" fill="var(--ok)" />
      <circle cx="416" cy="83" r="5" fill="var(--accent)" />
      <circle cx="388" cy="398" r="7" fill="var(--accent)" />
    </svg>
  );
}
