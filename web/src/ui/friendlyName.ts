// SPDX-License-Identifier: Apache-2.0
import { t } from '../texts/t';

/** For those who give no name: "Quiet Otter" rather than "Anon (7)". */
export function friendlyName(random: () => number = Math.random): string {
  const pick = (list: string) => {
    const words = list.split(' ');
    return words[Math.floor(random() * words.length)] ?? '';
  };
  return `${pick(t('name.adjectives'))} ${pick(t('name.animals'))}`;
}
