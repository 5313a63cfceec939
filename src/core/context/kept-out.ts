/** So begins what says that closing takes a target from a load balancer, in the evidence of how it is reached. */
export const KEPT_OUT = 'the target sees ';
