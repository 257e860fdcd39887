import type { Right } from '../../config/site.js';

/** What may come from upstream: the topic it comes on, below PREFIX/ID, and the right its signer needs. */
export const kinds = {
  command: { topic: 'commands', right: 'command' },
  desired: { topic: 'twin/desired', right: 'desired' },
  arrivals: { topic: 'content/arrivals', right: 'content' },
  routes: { topic: 'content/routes', right: 'content' },
  notices: { topic: 'content/notices', right: 'content' },
  air: { topic: 'content/air', right: 'content' },
  emergency: { topic: 'content/emergency', right: 'emergency' },
} as const satisfies Record<string, { topic: string; right: Right }>;

export type Kind = keyof typeof kinds;
