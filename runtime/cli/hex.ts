import { ShelterError } from '../../config/errors.js';

/** Reads hex text with any white space, in any chunks. */
export interface HexReader {
  /** Gives each byte as it is whole. Throws CAPTURE_UNREADABLE at the first character that is no hex digit. */
  push(text: string, take: (byte: number) => void): void;
  /** Throws CAPTURE_UNREADABLE where the text ended within a byte. */
  finish(): void;
}

export function hexReader(source: string): HexReader {
  let line = 1;
  let column = 0;
  let half: number | undefined;

  function unreadable(what: string): ShelterError {
    return new ShelterError('CAPTURE_UNREADABLE', `${source}:${line}:${column}: ${what}`);
  }

  return {
    push(text, take) {
      for (const character of text) {
        column++;
        if (character === '\n') {
          line++;
          column = 0;
        }
        if (/\s/.test(character)) continue;
        if (!/[0-9a-f]/i.test(character)) {
          throw unreadable(
            `${JSON.stringify(character)} is no hex digit; expected pairs of 0-9 and A-F, as in AA C0`,
          );
        }
        const digit = Number.parseInt(character, 16);
        if (half === undefined) {
          half = digit;
        } else {
          take(half * 16 + digit);
          half = undefined;
        }
      }
    },
    finish() {
      if (half !== undefined)
        throw unreadable('the text ends within a byte; expected two hex digits for each');
    },
  };
}
