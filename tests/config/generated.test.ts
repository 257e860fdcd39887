import { expect, it } from 'vitest';
import { siteJsonSchema } from '../../config/json-schema.js';
import { writeErrorReference, writeSiteReference } from '../../config/reference.js';
import { sensorModels } from '../../drivers/index.js';

/** `npm run generate` writes these files anew. */
it('the JSON Schema for editors is current', async () => {
  const schema = `${JSON.stringify(siteJsonSchema(sensorModels()), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../config/site.schema.json');
});

it('the reference page of the site file is current', async () => {
  await expect(writeSiteReference(sensorModels())).toMatchFileSnapshot('../../config/REFERENCE.md');
});

it('the reference page of the error codes is current', async () => {
  await expect(writeErrorReference()).toMatchFileSnapshot('../../config/ERRORS.md');
});
