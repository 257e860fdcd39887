import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  /** What it does, in a word or two. */
  word: string;
  /** Says the same as the word. */
  icon?: ComponentChildren;
  /** Names it to tests and to the voice. */
  name?: string;
  /** The language of the word, where it is not that of the page. */
  lang?: string;
  /** Of a control that is on or off. */
  pressed?: boolean;
  /** It leads to where one is already. */
  current?: boolean;
  /** There is nothing to do with it now; it keeps its place and the focus. */
  idle?: boolean;
  kind?: 'plain' | 'strong';
  onPress(): void;
}

/** Whatever is touched: an icon with its word, large enough for a finger on every panel. */
export function Button({
  word,
  icon,
  name,
  lang,
  pressed,
  current,
  idle,
  kind = 'plain',
  onPress,
}: ButtonProps) {
  return (
    <button
      type="button"
      class="button"
      data-kind={kind}
      data-control={name}
      lang={lang}
      aria-pressed={pressed}
      aria-current={current ? 'page' : undefined}
      aria-disabled={idle || undefined}
      onClick={idle ? undefined : onPress}
    >
      {icon}
      <span class="word">{word}</span>
    </button>
  );
}
