import type { ConnectorStatus, CreateConnectorV2Request } from '@aws-sdk/client-securityhub';
import { z } from 'zod';

import { AwsError } from '../../runtime/aws-error';
import { ignoredProperty } from '../../runtime/parse-properties';
import type { World } from '../../runtime/world';
import { notFound } from '../securityhub-error';
import { invalid } from './validation-error';

const text = z.string().regex(/\S/);

const properties = z.strictObject({
  Name: text,
  Description: text.optional(),
  Provider: z.union([
    z.strictObject({ JiraCloud: z.strictObject({ ProjectKey: z.string().min(2).max(10).optional() }) }),
    z.strictObject({ ServiceNow: z.strictObject({ InstanceName: text, SecretArn: text }) }),
  ]),
  KmsKeyArn: text.optional(),
  Tags: ignoredProperty,
  ClientToken: ignoredProperty,
});

export interface ConnectorV2 {
  readonly arn: string;
  readonly id: string;
  readonly written: z.output<typeof properties>;
  readonly createdAt: Date;
  status: ConnectorStatus;
}

export interface TicketV2 {
  readonly connectorId: string;
  readonly findingUid: string;
  readonly ticketId: string;
  readonly token: string | undefined;
}

interface Place {
  readonly account: string;
  readonly region: string;
}

/**
 * Connectors of Security Hub V2 to Jira Cloud and ServiceNow, made in the home Region by the administrator, and the
 * tickets that were made by them. One to Jira waits for somebody to authorize it.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-v2-integrations.html
 */
export class ConnectorsV2 {
  readonly #connectors = new Map<string, ConnectorV2>();
  readonly #tickets: TicketV2[] = [];

  /** @param id of one that stands before anything is deployed; else another each time */
  add(world: World, { account, region }: Place, input: CreateConnectorV2Request, id = world.uuid()): ConnectorV2 {
    const parsed = properties.safeParse(JSON.parse(JSON.stringify(input)));
    if (!parsed.success) {
      throw invalid(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
    }
    if (account !== world.hub.account) {
      throw new AwsError('AccessDeniedException', `Account ${account} is not the Security Hub administrator.`, 403);
    }
    if (region !== world.hub.region) throw invalid(`Connectors are made in the home Region ${world.hub.region}`);
    const arn = `arn:${world.partition}:securityhub:${region}:${account}:connectorv2/${id}`;
    const status = 'JiraCloud' in parsed.data.Provider ? 'PENDING_AUTHORIZATION' : 'CONNECTED';
    const connector = { arn, id, written: parsed.data, createdAt: new Date(world.clock.now()), status } as const;
    this.#connectors.set(id, { ...connector });
    return connector;
  }

  all(): readonly ConnectorV2[] {
    return [...this.#connectors.values()];
  }

  /** @throws AwsError ResourceNotFoundException */
  get(id: string): ConnectorV2 {
    const connector = this.#connectors.get(id);
    if (connector === undefined) throw notFound(`Connector ${id} does not exist.`);
    return connector;
  }

  /** @throws AwsError ResourceNotFoundException */
  remove(id: string): void {
    this.#connectors.delete(this.get(id).id);
  }

  /** The ticket that was made by the same token; another connector knows nothing of it. */
  madeBy(connectorId: string, token: string | undefined): TicketV2 | undefined {
    if (token === undefined) return undefined;
    return this.#tickets.find((ticket) => ticket.connectorId === connectorId && ticket.token === token);
  }

  addTicket(ticket: Omit<TicketV2, 'ticketId'>): TicketV2 {
    const made = { ...ticket, ticketId: String(10_001 + this.#tickets.length) };
    this.#tickets.push(made);
    return made;
  }

  tickets(): readonly TicketV2[] {
    return this.#tickets;
  }
}
