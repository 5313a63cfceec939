import type { RoleStore } from '../iam/role-store';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Principal } from '../runtime/operation';
import type { Identity, World } from '../runtime/world';
import { judgeTrust } from './judge-trust';
import type { SessionStore } from './session-store';

/** AWS renews what it gives to functions and runbooks while they live; here it lasts for the longest of them. */
const SERVICE_SESSION_SECONDS = 12 * 3600;

/** The world's answers to "who is this?", from the roles and the sessions that exist. */
export class SessionIdentity implements Identity {
  readonly #world: World;
  readonly #roles: RoleStore;
  readonly #sessions: SessionStore;

  constructor(world: World, roles: RoleStore, sessions: SessionStore) {
    this.#world = world;
    this.#roles = roles;
    this.#sessions = sessions;
  }

  assumeAsService(request: Parameters<Identity['assumeAsService']>[0]): ReturnType<Identity['assumeAsService']> {
    const { service, roleArn, sessionName, sourceAccount, sourceArn } = request;
    const principal: Principal = { kind: 'service', service, account: sourceAccount, sourceArn };
    const region = sourceArn.split(':')[3] ?? '';
    const call: CallContext = {
      world: this.#world,
      principal,
      account: sourceAccount,
      region,
      requestId: this.#world.uuid(),
    };
    const role = this.#roles.findRoleByArn(roleArn);
    const refusal = judgeTrust(role, roleArn, call, this.#roles, { 'sts:RoleSessionName': sessionName });
    if (refusal !== undefined || !role) throw new AwsError('AccessDenied', refusal ?? '', 403);
    return this.#sessions.begin(role, sessionName, this.#world.clock.now() + SERVICE_SESSION_SECONDS * 1000);
  }

  principalOf(accessKeyId: string): Principal | undefined {
    if (this.#world.accounts.includes(accessKeyId)) return { kind: 'account', account: accessKeyId };
    return this.#sessions.find(accessKeyId)?.principal;
  }

  /** Administrators need no token; a role's session needs the one that came with its key. */
  hasToken(accessKeyId: string, token: string | undefined): boolean {
    const session = this.#sessions.find(accessKeyId);
    return !session || session.credentials.sessionToken === token;
  }

  /** Clients keep credentials by the machine's clock, so that credentials do not expire while time skips. */
  isExpired(accessKeyId: string): boolean {
    const session = this.#sessions.find(accessKeyId);
    if (!session || this.#world.clock.mode === 'skipping') return false;
    return session.credentials.expiration.getTime() <= this.#world.clock.now();
  }
}
