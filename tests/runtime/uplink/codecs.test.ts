import { loadCodec } from '../../../runtime/uplink/codecs/index.js';
import { createSparkplugB } from '../../../runtime/uplink/codecs/sparkplug-b.js';
import { codecSuite } from '../../suites/codec-suite.js';
import { readSenmlCbor } from './cbor-reader.js';
import { homeReceiver, senmlCborReceiver, senmlJsonReceiver, sparkplugReceiver } from './receivers.js';
import { readSparkplug } from './sparkplug-reader.js';

const senmlJson = await loadCodec('senml-json');
const senmlCbor = await loadCodec('senml-cbor');
const homeAssistant = await loadCodec('home-assistant');

const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
const hex = (payload: Uint8Array) =>
  Buffer.from(payload)
    .toString('hex')
    .replace(/.{1,80}/g, '    $&\n');
const lines = (list: readonly unknown[]) => list.map((each) => `  ${JSON.stringify(each)}`).join('\n');

codecSuite({
  name: 'senml-json',
  make: () => senmlJson,
  receiver: senmlJsonReceiver,
  show: (payload) => text(payload).replaceAll('},{', '},\n{'),
});

codecSuite({
  name: 'senml-cbor',
  make: () => senmlCbor,
  receiver: senmlCborReceiver,
  show: (payload) =>
    text(payload).startsWith('o')
      ? text(payload)
      : `${lines(readSenmlCbor(payload) as unknown[])}\n${hex(payload)}`,
});

codecSuite({
  name: 'sparkplug-b',
  make: createSparkplugB,
  receiver: sparkplugReceiver,
  show(payload) {
    const { timestamp, seq, metrics } = readSparkplug(payload);
    return `  ${JSON.stringify({ timestamp, seq })}\n${lines(metrics)}\n${hex(payload)}`;
  },
});

codecSuite({
  name: 'home-assistant',
  make: () => homeAssistant,
  receiver: homeReceiver,
  show: (payload) => text(payload).replaceAll('},{', '},\n{').replaceAll('},"', '},\n"'),
});
