import type { Plugin } from 'vite';

/** One slice of a font: what it is called, and the first and last of each span of its letters. */
interface Slice {
  name: string;
  spans: readonly (readonly [first: number, last: number])[];
}

/** Which slices of a font our languages need; of a font that is not named here, all. */
const needed: Readonly<Record<string, (slice: Slice) => boolean>> = {
  'noto-sans': ({ name }) => ['latin', 'latin-ext', 'vietnamese'].includes(name),
  'noto-sans-devanagari': ({ name }) => name === 'devanagari',
  // Of Han letters Korea's font has few: those of Japan and China have them all.
  'noto-sans-kr': ({ spans }) => !spans.every(([first]) => isHan(first)),
};

/** Leaves out of a font's style sheet, and so out of the build, the slices that nothing on the page is written in. */
export function fontSlices(): Plugin {
  return {
    name: 'font-slices',
    enforce: 'pre',
    transform(code, id) {
      const font = /@fontsource-variable\/([\w-]+)\/wght\.css/.exec(id)?.[1] ?? '';
      const isNeeded = needed[font];
      if (!isNeeded) return undefined;
      return code.replace(/@font-face \{[^}]*\}/g, (face) => (isNeeded(sliceOf(face, font)) ? face : ''));
    },
  };
}

function sliceOf(face: string, font: string): Slice {
  const name = new RegExp(`/${font}-([\\w-]+)-wght-normal\\.woff2`).exec(face)?.[1] ?? '';
  const ranges = /unicode-range: ([^;]+);/.exec(face)?.[1] ?? '';
  return { name, spans: ranges.split(',').map(spanOf) };
}

/** `U+4e00-4eff` or `U+4e00`. */
function spanOf(text: string): Slice['spans'][number] {
  const [first = '', last = first] = text.trim().slice(2).split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

function isHan(letter: number): boolean {
  return (letter >= 0x3400 && letter <= 0x9fff) || (letter >= 0xf900 && letter <= 0xfaff);
}
