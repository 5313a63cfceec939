import type { AwsError } from '../runtime/aws-error';
import type { WireResponse } from './exchange';
import { escapeXml, xmlElement } from './xml-body';

/** Services that are not in the sandbox, whose clients read XML: without it they say "Bad Request" and nothing else. */
const REST_XML_SERVICES = ['s3', 's3express', 's3-outposts', 'route53', 'cloudfront'];

/** Whether clients of a service, by the name that they sign with, read errors as XML of a REST service. */
export function readsRestXml(signingName: string): boolean {
  return REST_XML_SERVICES.includes(signingName);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses */
export function writeRestXmlError({ code, message, status }: AwsError, requestId: string): WireResponse {
  const content =
    xmlElement('Code', code) + xmlElement('Message', escapeXml(message)) + xmlElement('RequestId', requestId);
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('Error', content)}`,
  };
}
