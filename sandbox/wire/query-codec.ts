import type { AwsError } from '../runtime/aws-error';
import type { Codec, WireResponse } from './exchange';
import { findErrorSchema } from './operation-schema';
import { type QueryDialect, readQueryForm } from './query-form';
import { escapeXml, writeXmlMembers, xmlElement } from './xml-body';

/** https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const ec2QueryCodec: Codec = {
  ...requestSide('ec2Query'),
  writeOutput: (output, { name, output: schema }, _, requestId) =>
    xmlResponse(
      200,
      xmlElement(
        `${name}Response`,
        xmlElement('requestId', requestId) + writeXmlMembers(schema, output),
        ' xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"',
      ),
      requestId,
    ),
  writeError: (error, _, requestId) => {
    const content = xmlElement('Code', error.code) + xmlElement('Message', escapeXml(error.message));
    const errors = xmlElement('Errors', xmlElement('Error', content));
    return xmlResponse(error.status, xmlElement('Response', errors + xmlElement('RequestID', requestId)), requestId);
  },
};

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const awsQueryCodec: Codec = {
  ...requestSide('awsQuery'),
  writeOutput: (output, { name, output: schema }, _, requestId) =>
    xmlResponse(
      200,
      xmlElement(
        `${name}Response`,
        xmlElement(`${name}Result`, writeXmlMembers(schema, output)) +
          xmlElement('ResponseMetadata', xmlElement('RequestId', requestId)),
      ),
      requestId,
    ),
  writeError: (error, { schemas }, requestId) => {
    const content =
      xmlElement('Type', error.status < 500 ? 'Sender' : 'Receiver') +
      xmlElement('Code', queryErrorCode(error, schemas)) +
      xmlElement('Message', escapeXml(error.message));
    const body = xmlElement('ErrorResponse', xmlElement('Error', content) + xmlElement('RequestId', requestId));
    return xmlResponse(error.status, body, requestId);
  },
};

/** Query protocols may know an error by another code than its shape's name: SNS's `NotFoundException` is `NotFound`. */
export function queryErrorCode(error: AwsError, schemas: object): string {
  const mapped: unknown = findErrorSchema(schemas, error.code)?.getMergedTraits()['awsQueryError'];
  return Array.isArray(mapped) && typeof mapped[0] === 'string' ? mapped[0] : error.code;
}

function requestSide(dialect: QueryDialect): Pick<Codec, 'operationName' | 'readInput'> {
  return {
    operationName: (request) => readForm(request.body, request.query).get('Action') ?? undefined,
    readInput: (request, { input }) => readQueryForm(input, readForm(request.body, request.query), dialect),
  };
}

function readForm(body: Buffer, query: URLSearchParams): URLSearchParams {
  return body.length > 0 ? new URLSearchParams(body.toString('utf8')) : query;
}

function xmlResponse(status: number, body: string, requestId: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
