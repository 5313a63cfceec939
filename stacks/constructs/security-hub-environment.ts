import type { Configuration } from '../../src/core/configuration/schema/configuration-schema';

/** What says which Security Hub a function asks and updates; nothing where it is CSPM, which they take it for. */
export function securityHubEnvironment({
  securityHub,
}: Pick<Configuration, 'securityHub'>): Readonly<Record<string, string>> {
  return securityHub === 'cspm' ? {} : { PORTCULLIS_SECURITY_HUB: securityHub };
}
