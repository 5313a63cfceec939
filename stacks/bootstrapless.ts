import { BootstraplessSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';

/** For stacks without assets: small ones deploy into accounts that were never bootstrapped, and all as a StackSet. */
export function bootstrapless(): IStackSynthesizer {
  // The class fits its interface but for `exactOptionalPropertyTypes`, which aws-cdk-lib is not compiled with.
  return new BootstraplessSynthesizer() as IStackSynthesizer;
}
