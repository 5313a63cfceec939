import { invalidParameterValue } from './ec2-errors';

const ALLOWED = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/** @throws AwsError InvalidParameterValue */
export function checkDescription(description: string | undefined): string | undefined {
  if (description === undefined || description === '') return undefined;
  if (ALLOWED.test(description)) return description;
  throw invalidParameterValue(
    'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: ' +
      ' a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
  );
}

/** @throws AwsError InvalidParameterValue */
export function checkGroupText(parameter: 'GroupName' | 'GroupDescription', text: string): void {
  if (text !== '' && ALLOWED.test(text)) return;
  throw invalidParameterValue(
    `Value (${text}) for parameter ${parameter} is invalid. ` +
      'Character sets beyond ASCII are not supported, and it has 1 to 255 characters.',
  );
}
