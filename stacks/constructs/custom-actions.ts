import { Construct } from 'constructs';
import type { CustomActionName, DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import type { CustomActionsBy } from '../../src/core/configuration/known-regions';
import { CustomAction } from './custom-action';
import { customActionMaker } from './custom-action-maker';
import type { FindingQueue } from './finding-queue';

export interface CustomActionsProps {
  readonly names: DeploymentNames;
  readonly by: CustomActionsBy;
  readonly logRetentionDays: number;
  readonly destination: FindingQueue;
  /** Undefined where nothing is isolated. */
  readonly isolate: CustomActionName | undefined;
}

/** What a person can ask for in the Security Hub console, for the findings that are selected there. */
export class CustomActions extends Construct {
  readonly close: CustomAction;
  readonly preview: CustomAction;
  readonly undo: CustomAction;
  readonly accept: CustomAction;
  readonly isolate: CustomAction | undefined;

  constructor(scope: Construct, id: string, props: CustomActionsProps) {
    super(scope, id);
    const { names, destination, isolate } = props;
    const make = customActionMaker(this, props);
    const { close, preview, undo, accept } = names.customActions;
    this.close = new CustomAction(this, 'Close', {
      action: close,
      description: 'Closes what the selected findings say is open to the internet, reads it back, and resolves them',
      make,
      ruleName: names.eventRule('CloseIngress'),
      destination,
    });
    this.preview = new CustomAction(this, 'Preview', {
      action: preview,
      description: 'Says in a note what closing the selected findings would change, and changes nothing',
      make,
      ruleName: names.eventRule('PreviewClosing'),
      destination,
    });
    this.undo = new CustomAction(this, 'Undo', {
      action: undo,
      description: 'Puts back what closing the selected findings took away, where nobody has changed it since',
      make,
      ruleName: names.eventRule('UndoClosing'),
      destination,
    });
    this.accept = new CustomAction(this, 'Accept', {
      action: accept,
      description: 'Lets stay open for some time what the selected findings report, and suppresses them until then',
      make,
      ruleName: names.eventRule('AcceptRisk'),
      destination,
    });
    this.isolate =
      isolate &&
      new CustomAction(this, 'Isolate', {
        action: isolate,
        description: 'Cuts off the instance or interface of the selected findings, until Undo closing',
        make,
        ruleName: names.eventRule('Isolate'),
        destination,
      });
  }

  get all(): readonly CustomAction[] {
    return [this.close, this.preview, this.undo, this.accept, ...(this.isolate === undefined ? [] : [this.isolate])];
  }
}
