/** What a screen is held to, in CSS pixels. */
export interface Measure {
  /** The least side of what is touched. */
  target: number;
  /** What keeps two targets apart. */
  gap: number;
  /** The least size of letters. */
  letters: number;
  /** A phone scrolls down; nothing scrolls sideways. */
  scrolls: 'never' | 'down';
}
