import axe from 'axe-core';

/** What axe-core, with all of its rules and those of WCAG 2.2 AA, finds wrong on the page; contrast is among them. */
export async function accessibility(): Promise<string[]> {
  const { violations } = await axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    // Targets are measured in millimetres beside this.
    rules: { 'target-size': { enabled: false } },
    // Styles and frames from elsewhere: there are none.
    preload: false,
    iframes: false,
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any, all, none }) => {
      const why = [...any, ...all, ...none].map(({ message }) => message)[0] ?? '';
      return `axe ${id}: ${String(target[0])}: ${why}`;
    }),
  );
}
