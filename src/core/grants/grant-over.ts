import type { Grant } from './grant';

/** A grant whose time is over, or that was ended: what it opened is not to be opened again. */
export type GrantOver = Pick<Grant, 'grantId' | 'openedBy' | 'ruleId'>;
