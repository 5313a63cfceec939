import { join } from 'node:path';
import { POLICY_FILE } from '../../src/core/configuration/bundled-files';
import type { ControlId } from '../../src/core/controls/control-id';
import type { PlanPolicy } from '../../src/core/planning/plan-policy';
import type { EditDeployed, EditTemplate, TemplateJson } from './assembly';

/** The orchestrator as another `policy` in portcullis.yaml would configure it, without a synthesis for each. */
export function withPolicy(changes: Partial<PlanPolicy>): EditDeployed {
  return (_template, _file, assets) => {
    assets.edit(POLICY_FILE, (policy) => JSON.stringify({ ...(JSON.parse(policy) as object), ...changes }));
  };
}

/** Every finding waits for a person. */
export const withNothingAutomatic: EditTemplate = (template) => {
  for (const variables of environmentsOf(template)) {
    if (variables['PORTCULLIS_AUTOMATIC_CONTROLS'] !== undefined) variables['PORTCULLIS_AUTOMATIC_CONTROLS'] = '';
  }
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const isAutomatic = JSON.stringify(Properties['EventPattern'] ?? '').includes('Findings - Imported');
    if (Type === 'AWS::Events::Rule' && isAutomatic) Properties['State'] = 'DISABLED';
  }
};

/** One more control is closed with nobody watching. */
export function withAutomatic(control: ControlId): EditTemplate {
  return (template) => {
    for (const variables of environmentsOf(template)) {
      const before = variables['PORTCULLIS_AUTOMATIC_CONTROLS'];
      if (before !== undefined) variables['PORTCULLIS_AUTOMATIC_CONTROLS'] = `${before},${control}`;
    }
    for (const { Type, Properties } of Object.values(template.Resources)) {
      const isOfControl = JSON.stringify(Properties['EventPattern'] ?? '').includes(`"${control}"`);
      if (Type === 'AWS::Events::Rule' && isOfControl) Properties['State'] = 'ENABLED';
    }
  };
}

/** The SDK's pauses between its own attempts are real time, which no test's clock drives. */
export const withShortPauses: EditTemplate = (template) => {
  for (const variables of environmentsOf(template)) {
    variables['NODE_OPTIONS'] = `--require ${join(__dirname, 'short-pauses.cjs')}`;
  }
};

/** The function of custom actions, which has no variables of its own, need not wait for its role to be known. */
export const withRoleKnownAtOnce: EditTemplate = ({ Resources }) => {
  for (const { Type, Properties } of Object.values(Resources)) {
    if (Type !== 'AWS::Lambda::Function' || Properties['FunctionName'] !== 'Portcullis-CustomActions') continue;
    Properties['Environment'] = {
      Variables: { NODE_OPTIONS: `--require ${join(__dirname, 'role-known-at-once.cjs')}` },
    };
  }
};

/** {@link withShortPauses}, and clocks that are off by what a file says: milliseconds by the name of the function. */
export function withClocksFrom(file: string): EditTemplate {
  return (template) => {
    for (const variables of environmentsOf(template)) {
      variables['NODE_OPTIONS'] = ['short-pauses.cjs', 'clock-of-function.cjs']
        .map((name) => `--require ${join(__dirname, name)}`)
        .join(' ');
      variables['PORTCULLIS_CLOCKS_FILE'] = file;
    }
  };
}

function environmentsOf({ Resources }: TemplateJson): readonly Record<string, string>[] {
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::Lambda::Function') return [];
    const { Variables } = (Properties['Environment'] ?? {}) as { readonly Variables?: Record<string, string> };
    return Variables ? [Variables] : [];
  });
}
