import { html, type Html } from './html';

/** `2026-11-21 03:00`, in UTC; the exact time is in the element. */
export function renderTime(time: string | undefined): Html {
  if (time === undefined || Number.isNaN(Date.parse(time))) return html`<span class="zero">unknown</span>`;
  const iso = new Date(time).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)}</time>`;
}

/** `2026-11-21`, in UTC. */
export function renderDay(time: string): Html {
  return html`<time datetime="${time}">${time.slice(0, 10)}</time>`;
}
