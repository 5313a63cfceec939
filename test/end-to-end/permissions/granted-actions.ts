import { readTemplates, synthesizeOnce, type EditTemplate, type TemplateJson } from '../assembly';
import { SANDBOX_FILE } from '../deployed-portcullis';

interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
}

interface PolicyHolder {
  readonly PolicyName: string;
  readonly PolicyDocument: { Statement: Statement[] };
}

/** One action of one statement of one role, as synthesized. */
export interface Grant {
  readonly role: string;
  readonly statement: number;
  readonly sid: string;
  readonly action: string;
}

/** Every action that the template which makes a role allows it: of several alike, one for each account, the first. */
export function grantsOf(role: string, configurationFile = SANDBOX_FILE): readonly Grant[] {
  const templates = [...readTemplates(synthesizeOnce(configurationFile)).values()];
  const makers = templates.filter((template) => statementsOf(template, role).length > 0);
  return makers
    .slice(0, 1)
    .flatMap((template) =>
      statementsOf(template, role).flatMap((statement, index) =>
        statement.Effect !== 'Allow'
          ? []
          : [statement.Action].flat().map((action) => ({ role, statement: index, sid: statement.Sid ?? '', action })),
      ),
    );
}

export function rolesOf(configurationFile = SANDBOX_FILE): readonly string[] {
  return [...readTemplates(synthesizeOnce(configurationFile)).values()].flatMap((template) =>
    Object.values(template.Resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::IAM::Role' ? [String(Properties['RoleName'])] : [],
    ),
  );
}

export function without(grant: Grant): EditTemplate {
  return (template) => {
    const statement = statementsOf(template, grant.role)[grant.statement];
    if (!statement) return;
    // An action that nobody calls stands in, because a statement without actions is none.
    statement.Action = [...[statement.Action].flat().filter((action) => action !== grant.action), 'none:Of'];
  };
}

function statementsOf({ Resources }: TemplateJson, role: string): readonly Statement[] {
  const roles = Object.entries(Resources).filter(
    ([, { Type, Properties }]) => Type === 'AWS::IAM::Role' && Properties['RoleName'] === role,
  );
  const [made] = roles;
  if (!made) return [];
  const [logicalId, { Properties }] = made;
  const inline = (Properties['Policies'] ?? []) as readonly PolicyHolder[];
  const attached = Object.values(Resources)
    .filter(
      ({ Type, Properties: { Roles } }) =>
        Type === 'AWS::IAM::Policy' && JSON.stringify(Roles).includes(`"${logicalId}"`),
    )
    .map((policy) => policy.Properties as unknown as PolicyHolder);
  return [...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}
