/** A piece of what is on the screen that is said in one breath. */
export interface Sentence {
  text: string;
  /** The BCP 47 tag of the language that it is in. */
  lang: string;
  /** Where it stands. */
  place: Element;
  /** Which part of what stands there it is, from 0. */
  part: number;
}

/** What is said in one breath, however deep its parts lie: the outermost of these. */
const breaths =
  'li, button, a[href], label, p, h1, h2, h3, h4, h5, h6, dt, dd, tr, legend, figcaption, summary, [data-spoken]';

/** What is not on the screen, is said in another way, or speaks for itself. */
const silent = '[aria-hidden="true"], [data-voice="silent"], script, style, noscript, template';

/** Sentences beyond this length are parted at their full stops, in characters. */
const longest = 180;

/** No voice takes more at once. */
const most = 500;

/**
 * All that can be read within an element, in its reading order and with the words that only a screen reader meets.
 *
 * An element with `data-spoken` is said as that says; its text is in there, with what an eye adds by itself.
 */
export function sentencesOf(root: Element): Sentence[] {
  return numbered(
    breathsOf(piecesOf(root)).flatMap(({ text, ...rest }) =>
      parted(text).map((each) => ({ ...rest, text: each })),
    ),
  );
}

/** What lies on top, with all that can be read there. */
export function sentencesOnScreen(): Sentence[] {
  const layers = document.querySelectorAll('.frame, [aria-modal="true"]');
  const top = layers[layers.length - 1];
  return top ? sentencesOf(top) : [];
}

interface Piece {
  text: string;
  lang: string;
  /** Of the breath. */
  place: Element;
  parent: Element;
}

function piecesOf(root: Element): Piece[] {
  const said = new Set<Element>();
  return [...textsOf(root)].flatMap((node): Piece[] => {
    const parent = node.parentElement;
    if (!parent || parent.closest(silent) || !parent.checkVisibility({ visibilityProperty: true })) return [];
    const lang = langOf(parent);
    const spoken = parent.closest<HTMLElement>('[data-spoken]');
    if (spoken) {
      if (said.has(spoken)) return [];
      said.add(spoken);
      return [{ text: spoken.dataset.spoken ?? '', lang: langOf(spoken), place: spoken, parent: spoken }];
    }
    const text = node.data.replace(/\s+/g, ' ').trim();
    return text === '' ? [] : [{ text, lang, place: breathAround(parent, root), parent }];
  });
}

function* textsOf(root: Element): Iterable<Text> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) yield node as Text;
}

/** The outermost, so that a row of a list is one, whatever it is made of. */
function breathAround(element: Element, root: Element): Element {
  let found: Element | undefined;
  for (let each: Element | null = element; each && root.contains(each); each = each.parentElement) {
    if (each.matches(breaths)) found = each;
  }
  return found ?? element;
}

function langOf(element: Element): string {
  return element.closest<HTMLElement>('[lang]')?.lang ?? document.documentElement.lang;
}

interface Breath {
  lang: string;
  place: Element;
  text: string;
  last: Piece;
}

/** One place in one language is one breath. */
function breathsOf(pieces: readonly Piece[]): Breath[] {
  const breaths: Breath[] = [];
  for (const piece of pieces) {
    const { text, lang, place } = piece;
    const before = breaths.at(-1);
    if (before?.place === place && before.lang === lang) {
      before.text += separator(before.last, piece) + text;
      before.last = piece;
    } else {
      breaths.push({ text, lang, place, last: piece });
    }
  }
  return breaths;
}

/** A number goes with what follows it, and words of one element go together; between others is a short silence. */
function separator(before: Piece, next: Piece): string {
  if (before.parent === next.parent || /\d$/.test(before.text)) return ' ';
  return /[\p{P}…]$/u.test(before.text) ? ' ' : ', ';
}

/** A place may be said in several parts: because it is long, or in two languages. */
function numbered(breaths: readonly Breath[]): Sentence[] {
  const parts = new Map<Element, number>();
  return breaths.map(({ text, lang, place }) => {
    const part = parts.get(place) ?? 0;
    parts.set(place, part + 1);
    return { text, lang, place, part };
  });
}

/** A long text by its sentences, and one that has none by its words. */
export function parted(text: string): string[] {
  if (text.length <= longest) return [text];
  return text
    .split(/(?<=[.!?]\s)|(?<=[。！？।])/)
    .flatMap((sentence) => cut(sentence.trim()))
    .filter((sentence) => sentence !== '');
}

function cut(text: string): string[] {
  if (text.length <= most) return [text];
  const space = text.lastIndexOf(' ', most);
  const end = space > most / 2 ? space : most;
  return [text.slice(0, end), ...cut(text.slice(end).trim())];
}
