import type { NormalizedSchema } from '@smithy/core/schema';
import type { Codec, WireRequest } from './exchange';
import { restJsonCodec } from './rest-json-codec';
import { writeRestXmlError } from './rest-xml-error';
import { readXmlMembers, writeXmlMembers, xmlElement } from './xml-body';

/**
 * S3 by paths: `/bucket/key`. Its operations that the sandbox plays carry everything in the path, in headers and as
 * bytes, as REST in JSON does; lists and errors are XML.
 * https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html
 */
export const restXmlCodec: Codec = {
  operationName: (request, service) => restJsonCodec.operationName(withoutBucket(request), service),
  readInput: (request, operation, service) => {
    const [name, member] = payloadOf(operation.input) ?? [];
    const asked = member === undefined ? request : { ...request, body: NOTHING };
    return {
      ...restJsonCodec.readInput(withoutBucket(asked), operation, service),
      ...(name !== undefined && member !== undefined && request.body.length > 0
        ? { [name]: readXmlMembers(member, request.body.toString('utf8')) }
        : {}),
      Bucket: bucketOf(request),
    };
  },
  writeOutput: (output, operation, service, requestId) => {
    const { status, headers, body } = restJsonCodec.writeOutput(output, operation, service, requestId);
    // What stands in no header and is no bytes: a structure, which is XML here.
    if (typeof body === 'string' && body !== '{}') {
      const [name, member] = payloadOf(operation.output) ?? [];
      const root =
        name !== undefined && member !== undefined
          ? xmlElement(name, writeXmlMembers(member, (output as Readonly<Record<string, unknown>>)[name]))
          : xmlElement(`${operation.name}Result`, writeXmlMembers(operation.output, output));
      const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
      return { status, headers: { ...headers, 'content-type': 'application/xml' }, body: xml };
    }
    return {
      status,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      body: body === '{}' ? '' : body,
    };
  },
  writeError: (error, _service, requestId) => writeRestXmlError(error, requestId),
};

const NOTHING = Buffer.alloc(0);

/** The member of a shape that is the whole body, where that is a structure. */
function payloadOf(shape: NormalizedSchema): readonly [string, NormalizedSchema] | undefined {
  for (const [name, member] of shape.isStructSchema() ? shape.structIterator() : []) {
    if (member.getMergedTraits().httpPayload !== undefined && member.isStructSchema()) return [name, member];
  }
  return undefined;
}

function bucketOf({ path }: WireRequest): string {
  return decodeURIComponent(path.split('/')[1] ?? '');
}

/** The SDK's schemas leave the bucket to the host. */
function withoutBucket(request: WireRequest): WireRequest {
  return { ...request, path: `/${request.path.split('/').slice(2).join('/')}` };
}
