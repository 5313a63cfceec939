import type { Configuration } from './schema/configuration-schema';

/** What of a configuration decides about findings, with what every configuration has to have. */
export type Deciding = Pick<
  Configuration,
  'organizationId' | 'hub' | 'members' | 'securityHub' | 'automatic' | 'decisions' | 'guards' | 'exceptions'
>;

/** As it would stand in a `portcullis.yaml` of its own: whoever reads it gets the same decisions. */
export function toDeciding(configuration: Configuration): Deciding {
  const { organizationId, hub, members, securityHub, automatic, decisions, guards, exceptions } = configuration;
  return { organizationId, hub, members, securityHub, automatic, decisions, guards, exceptions };
}
