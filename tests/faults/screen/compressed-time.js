/**
 * Runs in a browser before the page: its time, its timers and its shelter are played from here on, so that weeks pass
 * as fast as the page can follow. What the page does with them is its own.
 *
 * @param {{ start: number, now: object, life: object, content: object, emergency: object, streams: object[] }} scene
 *   as the shelter tells it at the wall time `start`, in ms
 */
(scene) => {
  const second = 1_000;
  let elapsed = 0;
  let timers = [];
  let timerIds = 0;
  let sources = [];

  performance.now = () => elapsed;
  globalThis.setTimeout = (callback, ms = 0, ...rest) => {
    timerIds += 1;
    timers.push({ id: timerIds, due: elapsed + ms, callback: () => callback(...rest) });
    return timerIds;
  };
  globalThis.clearTimeout = (id) => {
    timers = timers.filter((timer) => timer.id !== id);
  };

  globalThis.EventSource = class extends EventTarget {
    constructor() {
      super();
      sources.push(this);
      setTimeout(() => greet(this));
    }
    close() {
      sources = sources.filter((source) => source !== this);
    }
  };

  globalThis.fetch = async (url) => {
    const { pathname, searchParams } = new URL(url, location.href);
    if (pathname !== '/api/v1/history') return new Response('', { status: 404 });
    const from = Date.parse(searchParams.get('from'));
    const points = Array.from({ length: 144 }, (_, index) => ({
      time: new Date(from + index * 600_000).toISOString(),
      value: 20 + ((from / 600_000 + index) % 37),
      quality: 1,
    }));
    return Response.json({ stream: searchParams.get('stream'), every: 600, points });
  };

  /** The same as at the start, as much later as it is now. */
  function later(what) {
    return JSON.stringify(what).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) =>
      new Date(Date.parse(time) + elapsed).toISOString(),
    );
  }

  function tell(source, name, data) {
    source.dispatchEvent(new MessageEvent(name, { data }));
  }

  function tellAll(name, data) {
    for (const source of sources) tell(source, name, data);
  }

  function greet(source) {
    tell(source, 'now', later(scene.now));
    tell(source, 'life', later(scene.life));
    tell(source, 'content', later(scene.content));
  }

  function runTimers() {
    for (;;) {
      const due = timers.filter((timer) => timer.due <= elapsed);
      if (due.length === 0) return;
      timers = timers.filter((timer) => timer.due > elapsed);
      for (const { callback } of due) callback();
    }
  }

  function press(control) {
    document.dispatchEvent(new PointerEvent('pointerdown'));
    document.querySelector(`[data-control="${control}"]`)?.click();
  }

  /** What a visitor does, each at its second of the visit; then nobody touches anything and the visit ends. */
  const visit = [
    'air',
    'large',
    'help',
    'contrast',
    'language-en',
    'board',
    'route',
    'board',
    'notices',
    'low',
  ];

  /** What happens in a second, by how often. */
  function happen(count) {
    const stream = scene.streams[count % scene.streams.length];
    tellAll('stream', later({ ...stream, value: Math.round(stream.value * 10 + (count % 23)) / 10, age: 0 }));
    if (count % 2 === 0) tellAll('beat', later({ time: new Date(scene.start).toISOString() }));
    if (count % 10 === 0) tellAll('life', later(scene.life));
    // Twice a day the city warns for five minutes.
    const warns = count % 43_200 > 42_900;
    if (count % 20 === 0) tellAll('content', later(warns ? scene.emergency : scene.content));
    if (count % 3_600 === 0) {
      const pressed = {
        kind: 'button.pressed',
        source: 'help',
        time: new Date(scene.start).toISOString(),
        detail: {},
      };
      tellAll('event', later(pressed));
    }
    // Four times a day the runtime is gone for some seconds.
    if (count % 21_600 === 21_000) for (const source of sources) source.onerror?.(new Event('error'));
    const wanted = visit[count % 300];
    if (wanted) press(wanted);
  }

  const drawn = () => new Promise((done) => requestAnimationFrame(() => done()));

  /** Microtasks: what has changed is rendered in them, and what has been rendered is observed. */
  async function settle() {
    for (let turn = 0; turn < 4; turn++) await null;
  }

  let passed = 0;
  globalThis.compressedTime = {
    /** Lets so many seconds pass, with an update in each; everything is laid out and drawn once a minute. */
    async pass(seconds) {
      for (const end = passed + seconds; passed < end; ) {
        passed += 1;
        elapsed += second;
        happen(passed);
        runTimers();
        await settle();
        if (passed % 60 === 0) await drawn();
      }
    },
    timers: () => timers.length,
  };
};
