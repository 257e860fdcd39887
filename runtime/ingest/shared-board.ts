import type { FirmataBoard, FirmataBoards, SerialPorts } from '../../drivers/ports.js';

/** The speed of StandardFirmata, in baud. */
const firmataLine = { baudRate: 57_600 };

/** A board that several sensors share: opened with the first holder, closed with the last. */
export interface SharedBoard {
  /** Rejects with a DriverError where the board cannot be opened. */
  acquire(): Promise<BoardHolding>;
}

export interface BoardHolding {
  board: FirmataBoard;
  release(): Promise<void>;
}

interface Opening {
  board: Promise<FirmataBoard>;
  holders: number;
}

/** Shares the board on one serial path. A board that was lost is left to its holders; the next one opens anew. */
export function sharedBoard(path: string, ports: SerialPorts, boards: FirmataBoards): SharedBoard {
  let current: Opening | undefined;

  function forget(opening: Opening): void {
    if (current === opening) current = undefined;
  }

  async function open(): Promise<FirmataBoard> {
    const port = await ports.open(path, firmataLine);
    return boards.open(port);
  }

  return {
    async acquire() {
      current ??= { board: open(), holders: 0 };
      const opening = current;
      opening.holders++;
      const board = await opening.board.catch((error) => {
        forget(opening);
        throw error;
      });
      board.onLost(() => forget(opening));
      return {
        board,
        async release() {
          opening.holders--;
          if (opening.holders > 0) return;
          forget(opening);
          await board.close();
        },
      };
    },
  };
}
