import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { createSlackAdapters } from '../aws/adapters/slack-adapters';
import { createHttp } from '../channels/http';
import { createSlackSignatures } from '../channels/slack/slack-signatures';
import { createSlackWorkspace } from '../channels/slack/slack-workspace';
import { receiveRequest } from '../flow/interacting/receive-request';
import { parseSlackSettings } from './settings/slack-settings';

/** Slack waits for three seconds, and two such calls may be needed. */
const CALL_MILLIS = 900;

const settings = parseSlackSettings(process.env);
const adapters = createSlackAdapters(settings);
const tools = { ...adapters, http: createHttp(adapters.clock, CALL_MILLIS) };
const ports = {
  ...adapters,
  signatures: createSlackSignatures(settings, tools),
  slack: createSlackWorkspace(settings, tools),
};

/** As far as it is read. */
type SlackEvent = Partial<Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'headers'>>;

/**
 * Behind an open route of an HTTP API, which writes bodies of forms in base64: the bytes are what Slack has signed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export async function handler({
  body = '',
  isBase64Encoded = false,
  headers = {},
}: SlackEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const reply = await receiveRequest({ headers, body: bytes }, settings, ports);
  return {
    statusCode: reply.status,
    ...(reply.body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(reply.body) }),
  };
}
