import { ShelterError } from '../../config/errors.js';

/** Why a message from upstream is not obeyed. */
export type RefusalReason =
  | 'too-large'
  | 'malformed'
  | 'unsigned'
  | 'unknown-key'
  | 'bad-signature'
  | 'not-permitted'
  | 'wrong-device'
  | 'wrong-kind'
  | 'expired'
  | 'from-the-future'
  | 'replayed'
  | 'invalid'
  | 'unkept';

/** A message from upstream that is not obeyed, and why. Its message holds nothing of a stranger's beyond a short name. */
export class Refusal extends ShelterError {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, { cause }: { cause?: unknown } = {}) {
    super('DOWNLINK_REFUSED', message, { cause });
    this.reason = reason;
  }
}
