import type { CodecName } from '../../../config/site.js';
import type { Codec } from './codec.js';

/** Every codec a site file can name, loaded when it is used. */
const codecs: Readonly<Record<CodecName, () => Promise<Codec>>> = {
  'senml-json': async () => (await import('./senml-json.js')).senmlJson,
  'senml-cbor': async () => (await import('./senml-cbor.js')).senmlCbor,
  'sparkplug-b': async () => (await import('./sparkplug-b.js')).createSparkplugB(),
  'home-assistant': async () => (await import('./home-assistant.js')).homeAssistant,
};

/** A codec of its own for each uplink, as it may count connections. */
export function loadCodec(name: CodecName): Promise<Codec> {
  return codecs[name]();
}
