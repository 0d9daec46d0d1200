// SPDX-License-Identifier: Apache-2.0
import { locale, t } from './t';

/** Times in the reader's language; local time zone. */

export function clockTime(atMillis: number): string {
  return new Intl.DateTimeFormat(locale.value, { hour: 'numeric', minute: '2-digit' }).format(
    atMillis,
  );
}

export function isoTime(atMillis: number): string {
  return new Date(atMillis).toISOString();
}

function startOfDay(atMillis: number): number {
  return new Date(atMillis).setHours(0, 0, 0, 0);
}

export function sameDay(aMillis: number, bMillis: number): boolean {
  return startOfDay(aMillis) === startOfDay(bMillis);
}

/** "Today", "Yesterday", else a date. */
export function dayName(atMillis: number, nowMillis = Date.now()): string {
  const days = Math.round((startOfDay(nowMillis) - startOfDay(atMillis)) / 86_400_000);
  if (days < 7) {
    const relative = new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto' });
    const name =
      days < 2
        ? relative.format(-days, 'day')
        : new Intl.DateTimeFormat(locale.value, { weekday: 'long' }).format(atMillis);
    return name.charAt(0).toLocaleUpperCase(locale.value) + name.slice(1);
  }
  return new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(atMillis);
}

/** 7:05, or 1:02:03 from an hour on. */
export function stopwatch(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours > 0) return `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
  return `${minutes}:${two(seconds % 60)}`;
}

/** "47 min", for a tally. */
export function roughly(millis: number): string {
  const minutes = Math.round(millis / 60_000);
  if (minutes < 1) return t('time.seconds', { seconds: Math.round(millis / 1000) });
  if (minutes < 60) return t('time.minutes', { minutes });
  return t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
