import { AirScreen } from './air.js';
import { BoardScreen } from './board.js';
import { HelpScreen } from './help.js';
import { MaintenanceScreen } from './maintenance.js';
import { NoticesScreen } from './notices.js';
import { RouteScreen } from './route.js';
import type { Screen, ScreenId } from './screen.js';
import { TakeAlongScreen } from './take-along.js';

export const screens: Readonly<Record<ScreenId, Screen>> = {
  board: BoardScreen,
  air: AirScreen,
  route: RouteScreen,
  help: HelpScreen,
  'take-along': TakeAlongScreen,
  notices: NoticesScreen,
  maintenance: MaintenanceScreen,
};
