// SPDX-License-Identifier: Apache-2.0
/** Finds addresses in a message. Text goes in and out; what it becomes is the view's business. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const address = /\bhttps?:\/\/[^\s<>"'`]+/giu;
const tail = /[.,:;!?)\]}'"»”’…]+$/u;

export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const shown = trimmed(match[0]);
    const href = safeHref(shown);
    if (!href) continue;
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    parts.push({ kind: 'link', text: shown, href });
    at = match.index + shown.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}

/** Closing marks end the sentence, not the address, unless they were opened inside it. */
function trimmed(raw: string): string {
  let end = raw.replace(tail, '');
  const missing = count(end, '(') - count(end, ')');
  const rest = raw.slice(end.length);
  if (missing > 0 && rest.startsWith(')'.repeat(missing))) end += ')'.repeat(missing);
  return end;
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}

function safeHref(raw: string): string | null {
  try {
    const url = new URL(raw);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
