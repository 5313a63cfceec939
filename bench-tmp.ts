import { readTargets } from './src/cli/plan/read-targets';
import { planClosing } from './src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from './src/core/planning/plan-policy';
async function main(){ for(let i=0;i<3;i++){ let a=performance.now(); let n=0, steps=0; const all=[]; for await (const t of readTargets('/tmp/a2-10k.json')) { n++; all.push(t);} console.log('read', performance.now()-a, n); a=performance.now(); for (const t of all) steps+=planClosing({resource:t as any, controls:[{id:'EC2.13',parameters:[]},{id:'EC2.18',parameters:[]},{id:'EC2.19',parameters:[]}], policy: DEFAULT_PLAN_POLICY}).steps.length; console.log('plan', performance.now()-a, steps);} }
void main();
