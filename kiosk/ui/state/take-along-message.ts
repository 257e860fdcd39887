import type { TakeAlong } from '../../../runtime/api/contract.js';
import { orNull, shape, text } from './checks.js';

export const takeAlong = shape<TakeAlong>({
  url: orNull(text),
  wifi: orNull(shape<NonNullable<TakeAlong['wifi']>>({ name: text, password: orNull(text) })),
});
