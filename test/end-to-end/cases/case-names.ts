import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { ruleText } from '../../cases/case-text';
import { toRule } from '../to-core';

/** The tag of rules that Portcullis made and nobody else. */
const OURS = 'portcullis:remediation';

/** What EC2's ids are called in the row that they were made for. */
export class CaseNames {
  readonly #names = new Map<string, string>();

  set(id: string, name: string): void {
    this.#names.set(id, name);
  }

  /** A text with the row's names in place of EC2's ids. */
  in(text: string): string {
    return text.replace(/\b(?:sgr|sg|pl|eni|acl)-[0-9a-f]{17}\b/g, (id) => this.#names.get(id) ?? id);
  }

  /** A rule that was there before by the row's name for it, another one by its terms. */
  nameOf(rule: SecurityGroupRule): string {
    return this.#names.get(rule.SecurityGroupRuleId ?? '') ?? this.termsOf(rule);
  }

  /** As rows write rules that are yet to be made, and whether it is ours. */
  termsOf(rule: SecurityGroupRule): string {
    const tags = (rule.Tags ?? []).filter(({ Key }) => Key !== OURS);
    const text = this.in(ruleText(toRule({ ...rule, Tags: tags })));
    return tags.length === (rule.Tags ?? []).length ? text : `${text} (ours)`;
  }
}
