import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Pager } from './pager.js';
import { usePages } from './pages.js';
import type { Words } from './words.js';

/**
 * Content in reading order. On a panel what does not fit goes on to further pages, which are turned with buttons; on a
 * phone it scrolls. Inside another flow that is broken into pages it is a mere part of that.
 */
export function Flow({
  as: Tag = 'div',
  name,
  words,
  children,
}: {
  as?: 'div' | 'main' | 'ul' | 'ol';
  name: string;
  words: Words;
  children: ComponentChildren;
}) {
  const box = useRef<HTMLElement>(null);
  const pages = usePages(box);
  return (
    <>
      <Tag
        class="flow"
        data-flow={name}
        ref={(element: HTMLElement | null) => {
          box.current = element;
        }}
      >
        {children}
      </Tag>
      {pages.of > 1 && <Pager pages={pages} words={words} />}
    </>
  );
}
