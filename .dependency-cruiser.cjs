/** The layering of the house. What is not forbidden here is meant to be possible. */
const native =
  '(^|/)node_modules/(serialport|@serialport|onoff|epoll|node-dht-sensor|johnny-five|firmata-io)/';

/** A folder may import these folders and nothing else of ours. */
function only(folder, ...allowed) {
  return {
    name: `${folder}-imports-only-what-it-may`,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: {
      path: '^(config|drivers|simulators|runtime|kiosk|tests)/',
      pathNot: [`^${folder}/`, ...allowed],
    },
  };
}

module.exports = {
  forbidden: [
    only('config'),
    only('drivers', '^config/'),
    only('simulators', '^config/', '^drivers/(contract|ports|gpio-input)\\.ts$'),
    only('kiosk', '^config/catalogue/', '^runtime/api/contract\\.ts$'),
    {
      name: 'runtime-imports-only-what-it-may',
      severity: 'error',
      from: { path: '^runtime/', pathNot: '^runtime/cli/' },
      to: { path: '^(simulators|kiosk|tests)/' },
    },
    {
      name: 'only-commands-may-load-simulators-or-the-kiosk',
      severity: 'error',
      from: { path: '^runtime/cli/', pathNot: '^runtime/cli/(demo|demo-rig|simulate|kiosk)\\.ts$' },
      to: { path: '^(simulators|kiosk|tests)/' },
    },
    {
      name: 'commands-are-loaded-when-called',
      comment: 'A device in the field must not carry simulators in memory.',
      severity: 'error',
      from: { path: '^runtime/cli/main\\.ts$' },
      to: {
        path: '^runtime/cli/(run|kiosk|demo|simulate|decode|index-command|qc|config)\\.ts$',
        dependencyTypesNot: ['dynamic-import'],
      },
    },
    {
      name: 'hardware-libraries-only-in-bindings',
      severity: 'error',
      from: { path: '^(config|drivers|simulators|runtime|kiosk)/', pathNot: '^drivers/bindings/' },
      to: { path: native },
    },
    {
      name: 'hardware-libraries-load-when-used',
      severity: 'error',
      from: { path: '^drivers/bindings/' },
      to: { path: native, dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'sqlite-only-in-the-store',
      severity: 'error',
      from: { path: '^(config|drivers|simulators|runtime|kiosk)/', pathNot: '^runtime/store/' },
      to: { path: '(^|/)node_modules/better-sqlite3/' },
    },
    {
      name: 'mqtt-only-in-its-adapter',
      severity: 'error',
      from: { path: '^(config|drivers|simulators|runtime|kiosk)/', pathNot: '^runtime/uplink/mqtt\\.ts$' },
      to: { path: '(^|/)node_modules/mqtt/' },
    },
    {
      name: 'electron-only-in-the-shell',
      severity: 'error',
      from: { path: '.', pathNot: '^kiosk/shell/' },
      to: { path: '(^|/)node_modules/electron/' },
    },
    {
      name: 'sensors-do-no-io',
      severity: 'error',
      from: { path: '^drivers/(sensors|framing)/' },
      to: { path: '^drivers/bindings/' },
    },
    {
      name: 'feeds-have-one-door-to-the-network',
      severity: 'error',
      from: { path: '^runtime/feeds/', pathNot: '^runtime/feeds/http-fetch\\.ts$' },
      to: { path: '^(node:)?(http|http2|https|net|tls|dgram|dns)$' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'all-can-be-resolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.cts', '.js', '.mjs', '.cjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
