// SPDX-License-Identifier: Apache-2.0
import { hue, initials } from '../meeting/names';

/** Initials on the person's colour; the name always stands beside it. */
export function Avatar({
  id,
  name,
  size = 36,
}: {
  id: string;
  name: string;
  size?: 32 | 36 | 'tile';
}) {
  const sizeClass = size === 36 ? '' : `avatar--${size}`;
  return (
    <span class={`avatar hue-${hue(id)} ${sizeClass}`} aria-hidden="true">
      <b>{initials(name)}</b>
    </span>
  );
}
