/**
 * What the flow needs from the world, a port a file. Adapters answer every expected failure as a value; what they throw
 * is a bug.
 */
export type { Attachment } from '../../core/attachment';
export * from './brake';
export * from './channel';
export * from './channel-queues';
export * from './clock';
export * from './control-parameters';
export * from './custom-actions';
export * from './dead-letters';
export * from './deployment';
export * from './digesting';
export * from './domain-events';
export * from './drill';
export * from './due-queue';
export * from './durable';
export * from './flow-logs';
export * from './hub';
export * from './identifiers';
export * from './isolables';
export * from './ledger';
export * from './log';
export * from './mail-topic';
export * from './member-findings';
export * from './member-state';
export * from './metrics';
export * from './named-groups';
export * from './orchestrations';
export * from './port-failure';
export * from './questions';
export * from './receivers';
export * from './redelivery';
export * from './remediation-request';
export * from './reporting';
export * from './runbooks';
export * from './schedules';
export * from './secrets';
export * from './shared-reads';
export * from './slack';
export * from './stack-sets';
export * from './sweeping';
export * from './member-versions';
export * from './targets';
export * from './threads';
export * from './watches';
export * from './wishes';
