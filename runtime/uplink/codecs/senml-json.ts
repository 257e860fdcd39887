import { type SenmlForm, senmlCodec } from './senml-codec.js';

/** JSON as RFC 8428 has it in section 5. */
export const jsonForm: SenmlForm = {
  contentType: 'application/senml+json',
  write: (pack) => new TextEncoder().encode(JSON.stringify(pack)),
};

export const senmlJson = senmlCodec('senml-json', jsonForm);
