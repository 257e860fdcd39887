import { type CborValue, writeCbor } from './cbor.js';
import { type SenmlForm, senmlCodec } from './senml-codec.js';
import type { SenmlRecord } from './senml-records.js';

/** The numbers that stand for SenML's labels in CBOR (RFC 8428, section 6). Labels of our own keep their text. */
const labels: Readonly<Record<string, number>> = { bt: -3, bn: -2, n: 0, u: 1, v: 2, vs: 3, vb: 4, t: 6 };

/** CBOR as RFC 8428 has it in section 6. */
const cborForm: SenmlForm = {
  contentType: 'application/senml+cbor',
  write: (pack) => writeCbor(pack.map(numbered)),
};

export const senmlCbor = senmlCodec('senml-cbor', cborForm);

function numbered(record: SenmlRecord): CborValue {
  return new Map(Object.entries(record).map(([label, value]) => [labels[label] ?? label, value]));
}
