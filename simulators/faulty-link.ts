import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Cancel, Clock } from '../drivers/ports.js';
import { type DelayLine, delayLine, goodLine, type Line } from './delay-line.js';
import { type PacketPart, packetKinds, packetReader } from './mqtt-packets.js';

/** The line between a device and its MQTT broker, and all that can happen to it. */
export interface FaultyLink {
  /** Where the device connects to, on 127.0.0.1. */
  readonly port: number;
  /** Connections that are open and carry bytes. */
  connections(): number;
  /** From now on bytes travel like this. */
  become(line: Line): void;
  /** Throws everybody out, and whoever comes, until this is undone. */
  refuse(): Cancel;
  /**
   * Present connections carry nothing more: neither way, or only not back from the broker. They stay open, and neither
   * end learns that the other one goes; new ones work.
   */
  silence(what: 'both ways' | 'the way back'): void;
  /** Ends all connections: at once, or once what is under way has arrived. */
  cut(how: 'reset' | 'hang-up'): void;
  /**
   * Cuts a connection when it comes to this: when the broker's next acknowledgement is about to reach the device, or in
   * the middle of the device's next PUBLISH. Resolves then; a later call takes the place of an earlier one.
   */
  cutAt(moment: CutMoment): Promise<void>;
  close(): Promise<void>;
}

export type CutMoment = 'before an acknowledgement' | 'within a PUBLISH';

export interface FaultyLinkParts {
  /** Of the broker, on 127.0.0.1. */
  to: number;
  clock: Clock;
}

/** A sender is held up while so many bytes are under way. */
const mostUnderWay = 65_536;

/** One connection, from the device's end to the broker's. */
interface Connection {
  near: Socket;
  far: Socket;
  /** Ends that hear no more from the other. */
  deaf: Set<Socket>;
  ways: DelayLine[];
}

export async function startFaultyLink({ to, clock }: FaultyLinkParts): Promise<FaultyLink> {
  const connections = new Set<Connection>();
  let line = goodLine;
  let refusals = 0;
  let planned: { moment: CutMoment; happened(): void } | undefined;
  const server = createServer(accept).listen(0, '127.0.0.1');
  await once(server, 'listening');

  function accept(near: Socket): void {
    near.on('error', () => {});
    if (refusals > 0) return void near.resetAndDestroy();
    const far = connect(to, '127.0.0.1').on('error', () => {});
    const connection: Connection = { near, far, deaf: new Set(), ways: [] };
    connections.add(connection);
    for (const socket of [near, far]) socket.setNoDelay(true);
    carry(connection, near, far, middleOfPublish);
    carry(connection, far, near, beforeAcknowledgement);
  }

  /** Carries bytes one way, up to where a planned cut falls. */
  function carry(connection: Connection, source: Socket, sink: Socket, cutIn: CutIn): void {
    const partsOf = packetReader();
    const way = delayLine({
      line: () => line,
      clock,
      deliver(bytes) {
        if (connection.deaf.has(sink) || sink.destroyed) return;
        if (bytes) sink.write(bytes);
        else sink.end();
        regulate();
      },
    });
    connection.ways.push(way);

    function regulate(): void {
      if (way.load() + sink.writableLength > mostUnderWay) source.pause();
      else source.resume();
    }

    source.on('data', (bytes: Buffer) => {
      for (const part of partsOf(bytes)) {
        const last = cutIn(part);
        way.send(last ?? part.bytes);
        if (last) return happen(connection);
      }
      regulate();
    });
    sink.on('drain', regulate);
    source.on('end', () => way.end());
    source.once('close', (failed) => {
      if (failed && !connection.deaf.has(sink)) sink.resetAndDestroy();
      else way.end();
      if (sink.destroyed) connections.delete(connection);
    });
  }

  /** The last bytes of a part that still pass; undefined where all do. */
  type CutIn = (part: PacketPart) => Uint8Array | undefined;

  function middleOfPublish({ kind, bytes }: PacketPart): Uint8Array | undefined {
    if (planned?.moment !== 'within a PUBLISH' || kind !== packetKinds.publish) return undefined;
    return bytes.subarray(0, Math.ceil(bytes.length / 2));
  }

  function beforeAcknowledgement({ kind, bytes }: PacketPart): Uint8Array | undefined {
    if (planned?.moment !== 'before an acknowledgement' || kind !== packetKinds.puback) return undefined;
    return bytes.subarray(0, 0);
  }

  function happen(connection: Connection): void {
    const { happened } = planned ?? { happened() {} };
    planned = undefined;
    end(connection);
    happened();
  }

  function end({ near, far, ways }: Connection): void {
    for (const way of ways) way.close();
    for (const socket of [near, far]) socket.resetAndDestroy();
  }

  function carrying(): Connection[] {
    return [...connections].filter(({ near, far, deaf }) => !near.closed && !far.closed && deaf.size === 0);
  }

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => carrying().length,
    become(next) {
      line = next;
    },
    refuse() {
      refusals++;
      for (const connection of connections) end(connection);
      let undone = false;
      return () => {
        if (!undone) refusals--;
        undone = true;
      };
    },
    silence(what) {
      for (const { near, far, deaf } of connections) {
        deaf.add(near);
        if (what === 'both ways') deaf.add(far);
      }
    },
    cut(how) {
      for (const connection of connections) {
        if (how === 'reset') end(connection);
        else for (const way of connection.ways) way.end();
      }
    },
    cutAt: (moment) =>
      new Promise((happened) => {
        planned = { moment, happened };
      }),
    async close() {
      for (const connection of connections) end(connection);
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
