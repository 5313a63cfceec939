import { z } from 'zod';

import type { Provisioner } from '../runtime/operation';
import { ignoredProperty, parseProperties } from '../runtime/parse-properties';
import { physicalName } from '../runtime/physical-name';
import type { Documents } from './documents';

const documentProperties = z.strictObject({
  Name: z.string().optional(),
  Content: z.union([z.string(), z.record(z.string(), z.unknown())]),
  DocumentType: z.string().optional(),
  DocumentFormat: z.literal(['JSON', 'YAML']).default('JSON'),
  TargetType: ignoredProperty,
  VersionName: ignoredProperty,
  UpdateMethod: ignoredProperty,
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
});

/**
 * Makes Automation documents; `Content` may be an object, a text of JSON or of YAML.
 * @throws AwsError ValidationError for properties that the sandbox does not have, InvalidDocumentContent
 */
export function createProvisioners(documents: Documents): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::SSM::Document': (properties, { account, region, ...place }) => {
      const parsed = parseProperties('AWS::SSM::Document', documentProperties, properties);
      const { Content, DocumentFormat, DocumentType, Tags } = parsed;
      const stored = documents.create(
        { account, region, nowMillis: place.world.clock.now() },
        {
          name: parsed.Name ?? physicalName(place, 128),
          type: DocumentType,
          tags: Tags,
          // CloudFormation hands an object on as JSON, whatever the format says; JSON is YAML too.
          content: typeof Content === 'string' ? Content : JSON.stringify(Content),
          format: DocumentFormat,
        },
      );
      return {
        ref: stored.name,
        attributes: {},
        remove: () => {
          documents.delete(account, region, stored.name);
        },
      };
    },
  };
}
