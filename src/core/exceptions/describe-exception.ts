import { renderPorts } from '../network/port-set';
import type { ExceptionReason } from '../reasons/exception-reasons';
import { asSentence } from '../updates/sentences';
import type { Opening } from './opening';
import type { RecordedException } from './risk-exception';

/** `tcp 22 from 0.0.0.0/0 and ::/0; udp 53 from 0.0.0.0/0`. */
export function renderOpenings(covers: readonly Opening[]): string {
  const sources = new Map<string, string[]>();
  for (const { source, tcp, udp } of covers) {
    const what = [
      ...(tcp.length === 0 ? [] : [`tcp ${renderPorts(tcp)}`]),
      ...(udp.length === 0 ? [] : [`udp ${renderPorts(udp)}`]),
    ].join(' and ');
    sources.set(what, [...(sources.get(what) ?? []), source]);
  }
  return [...sources].map(([what, from]) => `${what} from ${from.join(' and ')}`).join('; ');
}

/** To the minute, as people read it: `2027-01-31 00:00 UTC`. */
export function renderMoment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

/** A sentence for a note: what may stay open, until when, who said so and why. */
export function describeException({ exceptionId, covers, reason, by, until }: RecordedException): string {
  const what = `${renderOpenings(covers)} may stay open until ${renderMoment(until)}`;
  return `${what}, by exception ${exceptionId} of ${by}: ${reason}`;
}

/** That exceptions leave something open, as a reason. */
export function openBy(exceptions: readonly RecordedException[]): ExceptionReason {
  return {
    code: 'open-by-exception',
    exceptions: exceptions.map(({ exceptionId }) => exceptionId),
    what: asSentence(exceptions.map(describeException).join('; ')),
  };
}
