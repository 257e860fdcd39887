import type { Access } from './runtime-access.js';

/** Where the runtime's page is. It may change: where its port is taken, the runtime takes the next one, and says so. */
export interface Home {
  /** As it was last found. */
  url(): URL;
  /** Looks where it is now; resolves to whether that is elsewhere than what `url` gave before. */
  hasMoved(): Promise<boolean>;
  /** Looks where it is now; resolves to whether it answers there. */
  answers(): Promise<boolean>;
}

export interface HomeParts {
  /** Where it is unless the runtime says otherwise. */
  expected: URL;
  access: () => Promise<Access | undefined>;
  answers: (url: URL) => Promise<boolean>;
}

export function findHome({ expected, access, answers }: HomeParts): Home {
  let current = expected;

  async function hasMoved(): Promise<boolean> {
    const said = await access();
    const found = said ? new URL(said.url) : current;
    const isElsewhere = found.origin !== current.origin;
    if (isElsewhere) current = found;
    return isElsewhere;
  }

  return {
    url: () => current,
    hasMoved,
    async answers() {
      await hasMoved();
      return answers(current);
    },
  };
}
