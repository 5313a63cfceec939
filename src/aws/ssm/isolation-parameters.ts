import type { MakeGroup, ReplaceGroups } from '../../core/isolation/isolation';
import { ISOLATION_DOCUMENTS } from '../../core/configuration/names/isolation-names';
import type { RunbookStart } from './runbook-form';

/** A step of an isolation as its document and that document's parameters: texts and lists of texts alone. */
export function toIsolationStart(step: MakeGroup | ReplaceGroups): RunbookStart {
  switch (step.call) {
    case 'CreateSecurityGroup':
      return {
        document: ISOLATION_DOCUMENTS.CreateSecurityGroup,
        parameters: { VpcId: [step.vpcId], GroupName: [step.name] },
      };
    case 'ModifyNetworkInterfaceAttribute':
      return {
        document: ISOLATION_DOCUMENTS.ModifyNetworkInterfaceAttribute,
        parameters: {
          NetworkInterfaceId: [step.interfaceId],
          ExpectedGroups: step.expected,
          Groups: step.groups,
        },
      };
  }
}
