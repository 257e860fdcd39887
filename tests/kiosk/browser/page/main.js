import { browserClock } from '../../../../kiosk/ui/clock.ts';
import { serveShell } from '../../../../kiosk/ui/shell/serve.ts';
import { shell } from '../../../../kiosk/ui/shell-link.ts';

/**
 * The least that a page does to be kept on a screen; beside that it misbehaves as its server tells it. Its time runs as
 * many times faster as `?times=` says.
 */

const times = Number(new URLSearchParams(location.search).get('times') ?? 1);
const clock = {
  monotonic: () => browserClock.monotonic() * times,
  after: (ms, callback) => browserClock.after(ms / times, callback),
};

const keeper = shell();
if (keeper) serveShell(keeper, clock);

const pressed = [];
for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', () => {
    pressed.push(button.id);
    document.body.dataset.pressed = pressed.join(' ');
  });
}

const misdeeds = {
  hang() {
    for (;;);
  },
  leave() {
    location.href = 'http://localhost.example/';
  },
  async freeze() {
    // The scripts go on, and nothing that they do is to be seen.
    document.querySelector('.shell-marker')?.remove();
  },
  blank() {
    document.body.hidden = true;
  },
  open: () => `${window.open('/elsewhere')}`,
  close: () => window.close(),
  locate: () =>
    new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        ({ code }) => resolve(`denied ${code}`),
      ),
    ),
  notify: () => Notification.requestPermission(),
  async reach() {
    const answer = await fetch('http://localhost.example/', { mode: 'no-cors' }).catch(() => undefined);
    return answer ? 'reached' : 'not reached';
  },
  download() {
    const link = document.createElement('a');
    link.href = '/page.css';
    link.download = 'stolen.txt';
    link.click();
  },
  pressed: () => document.body.dataset.pressed ?? '',
};

const orders = new EventSource('/orders');
orders.addEventListener('message', async ({ data }) => {
  const answer = await misdeeds[data]?.();
  await fetch('/told', { method: 'POST', body: `${data}: ${answer}` });
});
