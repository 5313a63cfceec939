import type { Principal } from '../runtime/operation';
import type { SeededIds } from '../runtime/seeded-ids';
import type { SessionCredentials } from '../runtime/world';
import type { Role } from '../iam/role-store';

export interface RoleSession {
  readonly principal: Principal;
  readonly credentials: SessionCredentials;
}

/** Temporary credentials that the sandbox gave out. */
export class SessionStore {
  readonly #sessions = new Map<string, RoleSession>();
  readonly #ids: SeededIds;

  constructor(ids: SeededIds) {
    this.#ids = ids;
  }

  begin(role: Role, sessionName: string, expiresAtMillis: number): RoleSession {
    const accessKeyId = `ASIA${this.#ids.letters(16)}`;
    const session: RoleSession = {
      principal: { kind: 'role', account: role.account, roleName: role.name, sessionName, accessKeyId },
      credentials: {
        accessKeyId,
        secretAccessKey: this.#ids.id('', 40),
        sessionToken: this.#ids.id('FwoGZXIvYXdz', 120),
        expiration: new Date(expiresAtMillis),
      },
    };
    this.#sessions.set(accessKeyId, session);
    return session;
  }

  find(accessKeyId: string): RoleSession | undefined {
    return this.#sessions.get(accessKeyId);
  }
}
