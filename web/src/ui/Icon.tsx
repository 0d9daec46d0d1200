// SPDX-License-Identifier: Apache-2.0
import { shapes, type IconName } from './shapes';

/** Decoration: what it means is said in words beside it or in the control's label. */
export function Icon({ name, size = 24 }: { name: IconName; size?: 16 | 20 | 24 }) {
  const Shape = shapes[name];
  return (
    <svg
      class={size === 24 ? 'icon' : `icon icon--${size}`}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <Shape />
    </svg>
  );
}
