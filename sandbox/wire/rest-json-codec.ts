import type { NormalizedSchema } from '@smithy/core/schema';
import type { Codec, WireRequest } from './exchange';
import { isObject } from './is-object';
import { type JsonSettings, readJson, writeJson } from './json-body';
import { writeErrorMembers } from './json-error';
import { parseJsonBody } from './parse-json-body';
import { matchRoute } from './rest-route';
import { readScalarText, writeScalarText } from './scalar-text';

const SETTINGS: JsonSettings = { useJsonNames: true, timestamps: 'epoch-seconds' };

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJsonCodec: Codec = {
  operationName: (request, { schemas }) => matchRoute(schemas, request)?.operation.name,

  readInput: (request, { input }, { schemas }) => {
    if (!input.isStructSchema()) return {};
    const labels = matchRoute(schemas, request)?.labels ?? {};
    const members: [string, unknown][] = [];
    const inBody: [string, NormalizedSchema][] = [];
    for (const [name, member] of input.structIterator()) {
      if (isBoundOutsideBody(member)) {
        const value = readBound(name, member, request, labels);
        if (value !== undefined) members.push([name, value]);
      } else inBody.push([name, member]);
    }
    if (inBody.length > 0) members.push(...readBody(inBody, parseJsonBody(request.body)));
    return Object.fromEntries(members);
  },

  writeOutput: (output, operation, _, requestId) => {
    const headers: Record<string, string> = { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
    let status = operation.http?.[2] ?? 200;
    let body: string | Uint8Array | undefined;
    const inBody: [string, unknown][] = [];
    const values = isObject(output) ? output : {};
    for (const [name, member] of operation.output.isStructSchema() ? operation.output.structIterator() : []) {
      const value = values[name];
      if (value === undefined || value === null) continue;
      const { httpHeader, httpResponseCode, httpPayload, jsonName } = member.getMergedTraits();
      if (httpResponseCode !== undefined) status = Number(value);
      else if (httpHeader !== undefined) headers[httpHeader] = writeScalarText(member, value, 'http-date');
      else if (httpPayload !== undefined) body = writePayload(member, value);
      else inBody.push([jsonName ?? name, writeJson(member, value, SETTINGS)]);
    }
    return { status, headers, body: body ?? JSON.stringify(Object.fromEntries(inBody)) };
  },

  writeError: (error, { schemas }, requestId) => ({
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId, 'x-amzn-errortype': error.code },
    body: JSON.stringify(writeErrorMembers(error, schemas, SETTINGS)),
  }),
};

function isBoundOutsideBody(member: NormalizedSchema): boolean {
  const traits = member.getMergedTraits();
  return [
    traits.httpLabel,
    traits.httpQuery,
    traits.httpQueryParams,
    traits.httpHeader,
    traits.httpPrefixHeaders,
    traits.httpPayload,
  ].some((trait) => trait !== undefined);
}

function readBound(
  name: string,
  member: NormalizedSchema,
  request: WireRequest,
  labels: Readonly<Record<string, string>>,
): unknown {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders } = member.getMergedTraits();
  if (httpLabel !== undefined) return readScalarText(member, labels[name] ?? '');
  if (httpQuery !== undefined) {
    const texts = request.query.getAll(httpQuery);
    if (member.isListSchema()) {
      return texts.length > 0 ? texts.map((text) => readScalarText(member.getValueSchema(), text)) : undefined;
    }
    return texts[0] === undefined ? undefined : readScalarText(member, texts[0]);
  }
  if (httpQueryParams !== undefined) return Object.fromEntries(request.query);
  if (httpHeader !== undefined) {
    const text = request.headers[httpHeader.toLowerCase()];
    return text === undefined ? undefined : readScalarText(member, text);
  }
  if (httpPrefixHeaders !== undefined) {
    const prefix = httpPrefixHeaders.toLowerCase();
    const found = Object.entries(request.headers).filter(([header]) => header.startsWith(prefix));
    return Object.fromEntries(found.map(([header, text]) => [header.slice(prefix.length), text]));
  }
  return readPayload(member, request.body);
}

function readBody(members: readonly [string, NormalizedSchema][], body: unknown): [string, unknown][] {
  const values = isObject(body) ? body : {};
  return members.flatMap(([name, member]): [string, unknown][] => {
    const value = values[member.getMergedTraits().jsonName ?? name];
    return value === undefined || value === null ? [] : [[name, readJson(member, value, SETTINGS, name)]];
  });
}

function readPayload(member: NormalizedSchema, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (member.isBlobSchema()) return new Uint8Array(body);
  return member.isStringSchema() ? body.toString('utf8') : readJson(member, parseJsonBody(body), SETTINGS);
}

function writePayload(member: NormalizedSchema, value: unknown): string | Uint8Array {
  if (value instanceof Uint8Array) return value;
  return typeof value === 'string' ? value : JSON.stringify(writeJson(member, value, SETTINGS));
}
