import { ShelterError } from '../../../config/errors.js';
import { didYouMean } from '../../../config/wiring.js';

/** The thing of that id. Throws COMMAND_REFUSED where there is none, with what was likely meant. */
export function oneOf<Thing>(things: ReadonlyMap<string, Thing>, id: string, what: string): Thing {
  const thing = things.get(id);
  if (thing) return thing;
  const known = [...things.keys()];
  throw new ShelterError('COMMAND_REFUSED', `There is no ${what} "${id}"${didYouMean(id, known)}.`);
}
