import { isStaleable, type Fault } from '../../../sandbox/runtime/faults';
import type { FaultPoint } from './fault-point';

/** What goes wrong at a point, in the words of the report. */
export const INJECTION_KINDS = [
  'throttled',
  'throttled-20-min',
  '500',
  '500-20-min',
  'denied',
  'denied-20-min',
  'time-out-after-effect',
  'killed-before',
  'killed-after',
  'delivered-twice',
  'stale-read',
  'stale-12-s',
  'stale-5-min',
  'clock-jump-10-min',
  'clock-jump-2-h',
  'cannot-start-denied',
  'cannot-start-throttled',
  'replaced-opens-another-port',
  'replaced-opens-everything',
  'replaced-does-nothing',
  'replaced-closes-more',
  'ledger-restored',
  'clock-65-min-ahead',
  'clock-65-min-behind',
] as const;

export type InjectionKind = (typeof INJECTION_KINDS)[number];

/** One fault at one call. */
export interface Injection {
  readonly kind: InjectionKind;
  readonly point: Pick<FaultPoint, 'service' | 'operation' | 'account' | 'nth'>;
}

const MINUTES_20 = 20 * 60;

/** Longer than the queue tries, and than an undo may wait for its beginning. */
const HOURS_2 = 2 * 3600;

type Effect = Pick<Fault, 'kind' | 'times' | 'lastsSeconds' | 'seconds'>;

/** What the sandbox does to calls; the other kinds are what people and machines do besides ({@link Interference}). */
const EFFECTS: Readonly<Partial<Record<InjectionKind, Effect>>> = {
  throttled: { kind: 'throttle', times: 1 },
  'throttled-20-min': { kind: 'throttle', lastsSeconds: MINUTES_20 },
  '500': { kind: 'internal-error', times: 1 },
  '500-20-min': { kind: 'internal-error', lastsSeconds: MINUTES_20 },
  denied: { kind: 'deny', times: 1 },
  'denied-20-min': { kind: 'deny', lastsSeconds: MINUTES_20 },
  'time-out-after-effect': { kind: 'lost-response', times: 1 },
  'killed-before': { kind: 'kill-before', times: 1 },
  'killed-after': { kind: 'kill-after', times: 1 },
  'delivered-twice': { kind: 'duplicate', times: 1 },
  'stale-read': { kind: 'stale', times: 1, seconds: 30 },
  'stale-12-s': { kind: 'stale', lastsSeconds: 12, seconds: 12 },
  'stale-5-min': { kind: 'stale', lastsSeconds: 5 * 60, seconds: 5 * 60 },
  'clock-jump-10-min': { kind: 'clock-jump', times: 1, seconds: 600 },
  'clock-jump-2-h': { kind: 'clock-jump', times: 1, seconds: 7200 },
  'cannot-start-denied': { kind: 'deny', lastsSeconds: HOURS_2 },
  'cannot-start-throttled': { kind: 'throttle', lastsSeconds: HOURS_2 },
};

/** @returns undefined for what is no fault of a call */
export function toFault({ kind, point: { service, operation, account, nth } }: Injection): Fault | undefined {
  const effect = EFFECTS[kind];
  return effect && { ...effect, service, operation, account, after: nth, callers: ['role', 'service'] };
}

/** How long the fault may last, by itself. */
export function lastsSeconds({ kind }: Injection): number {
  return EFFECTS[kind]?.lastsSeconds ?? 0;
}

/** The kinds that make sense at a point. */
export function kindsAt(point: FaultPoint): readonly InjectionKind[] {
  return INJECTION_KINDS.filter((kind) => {
    if (kind.startsWith('killed')) return point.fromProcess;
    // Security Hub documents minutes, nobody else does.
    if (kind === 'stale-5-min') return point.service === 'securityhub' && isStaleable(point.service, point.operation);
    if (kind.startsWith('stale')) return isStaleable(point.service, point.operation);
    if (kind.startsWith('cannot-start')) return point.service === 'lambda' && point.operation === 'Invoke';
    if (kind.startsWith('replaced')) return point.operation === 'StartAutomationExecution';
    // A backup is taken between two writes.
    if (kind === 'ledger-restored')
      return point.service === 'dynamodb' && !/^(Get|BatchGet|Query)/.test(point.operation);
    // From the message that a function is called for, or from one of its calls on.
    if (kind === 'clock-65-min-ahead' || kind === 'clock-65-min-behind') {
      if (point.service === 'sqs') return point.operation === 'SendMessage';
      return point.fromProcess && (point.service === 'dynamodb' || point.service === 'lambda');
    }
    return true;
  });
}

/** `500@ec2/DescribeSecurityGroups/222222222222#1`: what a run is replayed by. */
export function renderInjection({ kind, point: { service, operation, account, nth } }: Injection): string {
  return `${kind}@${service}/${operation}/${account}#${String(nth)}`;
}

/** @throws Error for a text that {@link renderInjection} does not write */
export function parseInjection(text: string): Injection {
  const [, name, service = '', operation = '', account = '', nth = ''] =
    /^([^@]+)@([^/]+)\/([^/]+)\/(\d{12})#(\d+)$/.exec(text) ?? [];
  const kind = INJECTION_KINDS.find((each) => each === name);
  if (kind === undefined) throw new Error(`"${text}" is no fault such as ${EXAMPLE}`);
  return { kind, point: { service, operation, account, nth: Number(nth) } };
}

const EXAMPLE = '500@ec2/DescribeSecurityGroups/222222222222#0';
