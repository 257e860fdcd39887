import type { ComponentChildren } from 'preact';
import { Button } from './button.js';
import { CloseIcon } from './frame-icons.js';
import type { Words } from './words.js';

/** Something that lies over the screen until it is closed. */
export function Sheet({
  title,
  name,
  words: { say },
  onClose,
  children,
}: {
  title: string;
  name: string;
  words: Words;
  onClose(): void;
  children: ComponentChildren;
}) {
  return (
    <div class="sheet" role="dialog" aria-modal="true" aria-label={title} data-sheet={name}>
      <div class="sheet-head">
        <h2>{title}</h2>
        <Button name="close" word={say.frame.close} icon={<CloseIcon />} onPress={onClose} />
      </div>
      {children}
    </div>
  );
}
