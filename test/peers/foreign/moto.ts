import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { PolicyDocument, Principal } from '../../../sandbox/runtime/operation';
import { signV4, type Keys } from './sign-v4';

/** A role with its policies, as the deployed template made it. */
export interface RoleToMake {
  readonly account: string;
  readonly name: string;
  readonly trustPolicy: PolicyDocument;
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
}

/**
 * Stands in for AWS's own services, which moto does not have as principals: Lambda and SSM take on roles by themselves.
 * An account of its own, because moto asks no trust policy between accounts.
 */
const STAND_IN_ACCOUNT = '999999999999';

/** Moto's IAM, STS and EC2 as one cloud of several accounts in which every call is authorized. */
export class Moto {
  readonly endpoint: string;
  readonly #administrators = new Map<string, Keys>();
  readonly #sessions = new Map<string, Promise<Keys>>();

  constructor(endpoint: string) {
    this.endpoint = endpoint;
  }

  /** Empties moto, makes an administrator in every account, and has every call authorized from then on. */
  async begin(accounts: readonly string[]): Promise<void> {
    await this.#api('reset', '');
    await this.#api('reset-auth', 'inf');
    for (const account of [...accounts, STAND_IN_ACCOUNT]) {
      this.#administrators.set(account, await this.#makeAdministrator(account));
    }
    await this.#api('reset-auth', '0');
  }

  async makeRole(role: RoleToMake): Promise<void> {
    const AssumeRolePolicyDocument = JSON.stringify(role.trustPolicy);
    await this.#iam(role.account, { Action: 'CreateRole', RoleName: role.name, AssumeRolePolicyDocument });
    for (const [name, policy] of Object.entries(role.inlinePolicies)) await this.putRolePolicy(role, name, policy);
  }

  async putRolePolicy(role: Pick<RoleToMake, 'account' | 'name'>, name: string, policy: PolicyDocument): Promise<void> {
    const PolicyDocument = JSON.stringify(widenEc2Resources(policy));
    await this.#iam(role.account, { Action: 'PutRolePolicy', RoleName: role.name, PolicyName: name, PolicyDocument });
  }

  administratorOf(account: string): Keys {
    const keys = this.#administrators.get(account);
    if (!keys) throw new Error(`Moto has no administrator of ${account}`);
    return keys;
  }

  /** The keys by which moto knows a principal of the sandbox: the administrator, or a session of the same role. */
  twinOf(principal: Principal, partition: string): Promise<Keys> {
    if (principal.kind === 'service') throw new Error(`${principal.service} calls without a role`);
    if (principal.kind === 'account') return Promise.resolve(this.administratorOf(principal.account));
    const { account, roleName, sessionName, accessKeyId } = principal;
    const known = this.#sessions.get(accessKeyId);
    if (known) return known;
    const session = this.#assume(`arn:${partition}:iam::${account}:role/${roleName}`, sessionName);
    this.#sessions.set(accessKeyId, session);
    return session;
  }

  async #assume(RoleArn: string, RoleSessionName: string): Promise<Keys> {
    const credentials = this.administratorOf(STAND_IN_ACCOUNT);
    const client = new STSClient({ endpoint: this.endpoint, region: 'us-east-1', credentials });
    const { Credentials } = await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new Error(`Moto gave no session of ${RoleArn}`);
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }

  async #makeAdministrator(account: string): Promise<Keys> {
    const nobody = { accessKeyId: account, secretAccessKey: 'not asked yet' };
    await this.#iam(account, { Action: 'CreateUser', UserName: 'administrator' }, nobody);
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    const policy = { Action: 'PutUserPolicy', UserName: 'administrator', PolicyName: 'Everything', PolicyDocument };
    await this.#iam(account, policy, nobody);
    const answer = await this.#iam(account, { Action: 'CreateAccessKey', UserName: 'administrator' }, nobody);
    return { accessKeyId: textOf(answer, 'AccessKeyId'), secretAccessKey: textOf(answer, 'SecretAccessKey') };
  }

  async #iam(account: string, parameters: Record<string, string>, keys = this.administratorOf(account)) {
    const body = Buffer.from(new URLSearchParams({ ...parameters, Version: '2010-05-08' }).toString());
    const host = new URL(this.endpoint).host;
    const headers = signV4({ host, service: 'iam', region: 'us-east-1', body }, keys);
    const response = await fetch(this.endpoint, {
      method: 'POST',
      headers: { ...headers, 'x-moto-account-id': account },
      body: new Uint8Array(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Moto refused ${parameters['Action'] ?? ''} in ${account}: ${text}`);
    return text;
  }

  async #api(order: string, body: string): Promise<void> {
    const response = await fetch(`${this.endpoint}/moto-api/${order}`, { method: 'POST', body });
    if (!response.ok) throw new Error(`Moto refused ${order}: ${String(response.status)}`);
  }
}

/**
 * Moto compares every resource of EC2 with the text `*`, so that a statement about groups alone allows nothing there.
 * What the resource part is worth is judged by the sandbox's own IAM, in the tests without emulators.
 */
function widenEc2Resources(policy: PolicyDocument): PolicyDocument {
  const Statement = [policy.Statement].flat().map((statement) => {
    const actions = [statement.Action ?? []].flat();
    return actions.every((action) => action.startsWith('ec2:')) ? { ...statement, Resource: '*' } : statement;
  });
  return { ...policy, Statement };
}

/** The text of an element that occurs once. */
export function textOf(xml: string, element: string): string {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  if (text === undefined) throw new Error(`No ${element} in ${xml}`);
  return text;
}
