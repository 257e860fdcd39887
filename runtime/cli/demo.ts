import { dirname, join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Site } from '../../config/site.js';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { modelledEnvironment, readLines, serveConsole, startBroker } from '../../simulators/index.js';
import { kioskFile } from '../kiosk/access.js';
import { loadSite } from '../load-site.js';
import { packageRoot } from '../package-root.js';
import { createShelter } from '../shelter.js';
import { createDemoRig } from './demo-rig.js';
import { portNumber } from './numbers.js';
import { openKiosk } from './open-kiosk.js';
import { readableLog } from './readable-log.js';
import { runUntilSignal } from './run-until-signal.js';

interface DemoOptions {
  data: string;
  port?: number;
}

/** Wanted ports; where one is taken the next free one is used. */
const ports = { broker: 1883, console: 8090 };

/** `ushelter demo`: a whole shelter on simulated devices. */
export function demoCommand(): Command {
  return new Command('demo')
    .option('--data <folder>', 'where the database is kept', 'data')
    .addOption(
      new Option('--port <port>', 'port of the page and the API; by default 8080').argParser(portNumber),
    )
    .addHelpText(
      'after',
      `
Simulated: an SDS011 and a PMS5003 on PTYs, a BME280 on an Arduino that speaks Firmata on a PTY, a DHT22 and a
button on GPIO, all in the air of the same modelled day, and a city with buses and a station for official air. Real:
every byte, every driver, SQLite, MQTT, HTTP, the page.
The first lines say where everything is and what to try. Type \`help\` to see what the rig can be told.

Exit codes: 0 stopped by a signal; 1 the simulated devices cannot be made; 2 usage.`,
    )
    .action(async ({ data, port }: DemoOptions) => {
      const clock = systemClock;
      const log = await readableLog('info');
      const wanted = await loadSite(`${packageRoot}config/sites/demo.yaml`);
      const broker = await startBroker({ host: '127.0.0.1', port: ports.broker });
      const rig = await createDemoRig(wanted, {
        environment: modelledEnvironment(2026),
        clock,
        folder: resolve(data, 'demo-city'),
      });
      const consoleServer = await serveConsole(rig.console, ports.console);
      const file = resolve(data, 'demo.db');
      const site: Site = {
        ...rig.site,
        store: { ...rig.site.store, file },
        api: { ...rig.site.api, ...(port !== undefined && { port }) },
        ...(rig.site.uplink && { uplink: { ...rig.site.uplink, url: broker.url } }),
      };
      const shelter = createShelter(site, { hardware: rig.hardware, clock, log });

      let kiosk: ReturnType<typeof openKiosk> | undefined;

      await runUntilSignal({
        async start() {
          await shelter.start();
          process.stdout.write(
            welcome({ site, page: shelter.url, broker: broker.url, file, rig: consoleServer.url }),
          );
          if (shelter.url) kiosk = openKiosk(shelter.url, join(dirname(file), kioskFile));
          readLines(process.stdin, rig.console, (text) => process.stdout.write(`${text}\n`));
        },
        async stop() {
          process.stdin.pause();
          kiosk?.close();
          await shelter.stop();
          await consoleServer.close();
          await rig.close();
          await broker.close();
        },
      });
    });
}

interface Places {
  site: Site;
  page: string | undefined;
  broker: string;
  file: string;
  rig: string;
}

function welcome({ site, page, broker, file, rig }: Places): string {
  const { port } = new URL(broker);
  const topic = `${site.uplink?.topicPrefix}/${site.id}/#`;
  const none = 'none: see the message above';
  return `
  The shelter is running.

  The page        ${page ?? none}
  The API         ${page ? `${page}/api/docs` : none}
  The database    ${file}
  The broker      ${broker}, topics ${topic}

  What to try, here or in another terminal:
    type             unplug air              and look at the page; then: plug air
    type             unplug buses            and the timetable stands in; then: plug buses
    type             press help              a button on GPIO; help shows all that the rig can be told
    subscribe        mosquitto_sub -p ${port} -v -t '${topic}'
    ask              curl ${page ?? 'ADDRESS'}/api/v1/now
    from a script    curl -d 'unplug air' ${rig}
    stop             Ctrl+C

`;
}
