import { NOTICE_KINDS, type NoticeKind } from './notice-kinds';

/**
 * What an event does to a matter, which is a target and a control that people know to be open: it opens one (or says
 * again that it is open), ends it, or leaves it as it was.
 */
export const MATTER_EFFECTS = ['opens', 'ends', 'stays'] as const;

export type MatterEffect = (typeof MATTER_EFFECTS)[number];

/** Every event of the bus by its detail type: the one place that says which ones open a matter and which end it. */
const BY_KIND: Readonly<Record<NoticeKind, MatterEffect>> = {
  'Ingress Closed': 'ends',
  /** Somebody wanted it open: it counts as open until it is closed, or its risk accepted. */
  'Closing Undone': 'opens',
  'Remediation Failed': 'opens',
  'Verification Failed': 'opens',
  'Decision Needed': 'opens',
  /** A person has taken it upon themselves that it stays open. */
  'Decision Made': 'ends',
  /** Nobody has: it is open, and nobody looked. */
  'Decision Missed': 'opens',
  'Opening Noted': 'opens',
  'Ingress Reopened': 'opens',
  'Risk Accepted': 'ends',
  'Exception Ending': 'stays',
  'Exception Ended': 'opens',
  'Found Closed': 'ends',
  'Target Gone': 'ends',
  'Opening Excepted': 'ends',
  'Question Settled': 'ends',
  'Brake Engaged': 'opens',
  'Brake Released': 'ends',
  /** What was granted is nobody's finding. */
  'Access Granted': 'stays',
  /** An end that had not worked counted as open. */
  'Access Ended': 'ends',
  /** It cures nothing that counted as open. */
  'Target Isolated': 'stays',
  'Isolation Undone': 'stays',
  /** Everything is as it was. */
  'Request Refused': 'stays',
  /** Read on a dashboard: it comes every day. */
  'Sweep Finished': 'stays',
  'Report Ready': 'stays',
};

/**
 * What is over, and was nobody's doing of ours: whoever was notified before that it is open is notified, and nobody
 * else.
 */
const QUIET: ReadonlySet<string> = new Set<NoticeKind>([
  'Found Closed',
  'Target Gone',
  'Opening Excepted',
  'Question Settled',
]);

/** What events of a detail type do, where they do not say otherwise. One that is not known here is not played down. */
export function effectOf(kind: string): MatterEffect {
  return isKnown(kind) ? BY_KIND[kind] : 'opens';
}

/** Whether an event only says that something is over which few heard of. */
export function isQuiet({ kind }: { readonly kind: string }): boolean {
  return QUIET.has(kind);
}

function isKnown(kind: string): kind is NoticeKind {
  return (NOTICE_KINDS as readonly string[]).includes(kind);
}
