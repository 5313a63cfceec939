/**
 * What closing costs a target that sees a load balancer in place of its clients: the load balancer is kept out with
 * them.
 *
 * @param name as `shortBalancerName` writes it
 */
export function keptOutText(name: string): string {
  return `the target sees ${name} itself, which closing keeps out too unless a rule that stays lets it in`;
}
