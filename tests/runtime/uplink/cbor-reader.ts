/** A reader of CBOR written from RFC 8949 alone: one item of definite length that fills all the bytes. */
export function readCbor(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function argument(code: number): number {
    if (code < 24) return code;
    const start = at;
    if (code === 24) at += 1;
    else if (code === 25) at += 2;
    else if (code === 26) at += 4;
    else if (code === 27) at += 8;
    else throw new Error(`${code} is no definite length`);
    if (code === 24) return view.getUint8(start);
    if (code === 25) return view.getUint16(start);
    if (code === 26) return view.getUint32(start);
    return Number(view.getBigUint64(start));
  }

  function take(length: number): Uint8Array {
    if (at + length > bytes.length) throw new Error('the bytes end too early');
    at += length;
    return bytes.subarray(at - length, at);
  }

  function special(code: number): unknown {
    if (code === 20) return false;
    if (code === 21) return true;
    const start = at;
    if (code === 26) {
      at += 4;
      return view.getFloat32(start);
    }
    if (code === 27) {
      at += 8;
      return view.getFloat64(start);
    }
    throw new Error(`simple value ${code}`);
  }

  function item(): unknown {
    const first = view.getUint8(at++);
    const type = first >> 5;
    const code = first & 0x1f;
    if (type === 7) return special(code);
    const n = argument(code);
    if (type === 0) return n;
    if (type === 1) return -1 - n;
    if (type === 3) return new TextDecoder('utf-8', { fatal: true }).decode(take(n));
    if (type === 4) return Array.from({ length: n }, item);
    if (type !== 5) throw new Error(`major type ${type}`);
    const map = new Map(Array.from({ length: n }, () => [item(), item()]));
    if (map.size !== n) throw new Error('a key comes twice');
    return map;
  }

  const whole = item();
  if (at !== bytes.length) throw new Error(`${bytes.length - at} bytes too many`);
  return whole;
}

/** The labels of RFC 8428, table 4. */
const senmlLabels = new Map<unknown, string>([
  [-1, 'bver'],
  [-2, 'bn'],
  [-3, 'bt'],
  [-4, 'bu'],
  [-5, 'bv'],
  [-6, 'bs'],
  [0, 'n'],
  [1, 'u'],
  [2, 'v'],
  [3, 'vs'],
  [4, 'vb'],
  [5, 's'],
  [6, 't'],
  [7, 'ut'],
  [8, 'vd'],
]);

/** A SenML CBOR pack with the labels it has in JSON. */
export function readSenmlCbor(bytes: Uint8Array): unknown {
  const pack = readCbor(bytes);
  if (!Array.isArray(pack)) throw new Error('a pack is an array');
  return pack.map((record: unknown) => {
    if (!(record instanceof Map)) throw new Error('a record is a map');
    return Object.fromEntries([...record].map(([label, value]) => [labelled(label), value]));
  });
}

function labelled(label: unknown): string {
  const name = typeof label === 'string' ? label : senmlLabels.get(label);
  if (name === undefined) throw new Error(`${label} is no label`);
  if (typeof label === 'string' && [...senmlLabels.values()].includes(label)) {
    throw new Error(`${label} has a number`);
  }
  return name;
}
