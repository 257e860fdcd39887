/** Every text of a table, by its path; a text with gaps is filled with marks, and one that counts with numbers. */
export function texts(table: object, path = ''): [path: string, text: string][] {
  return Object.entries(table).flatMap(([key, entry]): [string, string][] => {
    if (typeof entry !== 'function') {
      return typeof entry === 'object' ? texts(entry, `${path}${key}.`) : [[`${path}${key}`, entry]];
    }
    return gaps.map((gap) => [`${path}${key}(${gap})`, String(entry(...gap))]);
  });
}

const gaps = [
  ['<1>', '<2>', '<3>'],
  [1, 1, 1],
  [5, 5, 5],
];
