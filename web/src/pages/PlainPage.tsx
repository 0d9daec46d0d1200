// SPDX-License-Identifier: Apache-2.0
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTitle } from '../ui/hooks';
import { Mark } from '../ui/Logo';
import { PageHead } from '../ui/PageHead';

/** One sentence, why, and what next: left, errors, replaced. */
export function PlainPage({
  title,
  children,
  text,
}: {
  title: string;
  text?: string | undefined;
  children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  // Whoever listens hears where they are now.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="page">
      <PageHead />
      <main class="center">
        <div class="stack stack--8 plainhead">
          <Mark tone="set" />
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {text !== undefined && <p class="quiet">{text}</p>}
        </div>
        {children}
      </main>
    </div>
  );
}
