import { TICKET_MADE, type TicketMade } from '../securityhub/v2/create-ticket-v2';
import { MAIL_SENT, type MailSent } from '../sns/publish';
import type { Service } from '../runtime/operation';
import { createJiraReceiver } from './jira';
import { Outside } from './outside';
import { answerPagerDuty } from './pagerduty';
import type { Answers } from './receivers';
import { createServiceNowReceiver } from './servicenow';
import { createSlackReceiver } from './slack/slack-receiver';

/**
 * No service of AWS: what lies outside of it, reached by nobody but functions that fetch, SNS and Security Hub's
 * connectors.
 */
export interface OutsideService extends Service {
  readonly outside: Outside;
}

/** The world outside, with receivers of webhooks, PagerDuty, Slack, Jira, ServiceNow and mail. */
export function createOutside(): OutsideService {
  const answers: Answers = {
    pagerduty: answerPagerDuty,
    slack: createSlackReceiver(),
    jira: createJiraReceiver(),
    servicenow: createServiceNowReceiver(),
  };
  const outside = new Outside(answers);
  return {
    signingName: 'outside',
    protocol: 'restJson1',
    schemas: {},
    operations: {},
    outside,
    start(world) {
      world.on(TICKET_MADE, (payload) => {
        // Said under this name by the sandbox's Security Hub only, with this type.
        const ticket = payload as TicketMade;
        const url = `connector:${ticket.connectorId}`;
        const request = { method: 'SEND', url, headers: {}, body: JSON.stringify(ticket) };
        outside.record('securityhub', request, world.clock.now());
      });
      world.on(MAIL_SENT, (payload) => {
        // Published under this name by the sandbox's SNS only, with this type.
        const { to, subject = '', message, attributes } = payload as MailSent;
        const texts = Object.entries(attributes).map(([name, { StringValue = '' }]) => [name, StringValue]);
        outside.record(
          'email',
          {
            method: 'SEND',
            url: `mailto:${to}`,
            headers: { subject, attributes: JSON.stringify(Object.fromEntries(texts)) },
            body: message,
          },
          world.clock.now(),
        );
      });
    },
  };
}
