import { readTargets } from './src/cli/plan/read-targets';
import { createElementScanner } from './src/cli/plan/element-scanner';
import { readFileSync } from 'node:fs';
import { planClosing } from './src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from './src/core/planning/plan-policy';
async function main(){ const buf=readFileSync('/tmp/a2-10k.json'); for(let i=0;i<3;i++){ let a=performance.now(); let n=0, steps=0;
 const sc=createElementScanner(['SecurityGroups']); for(let p=0;p<buf.length;p+=1<<20) n+=sc.push(buf.subarray(p,p+(1<<20))).length; console.log('scan',performance.now()-a,n); n=0;
 a=performance.now(); for await (const t of readTargets('/tmp/a2-10k.json')) { n++; } console.log('read', performance.now()-a, n); a=performance.now(); for await (const t of readTargets('/tmp/a2-10k.json')) steps+=planClosing({resource:t as any, controls:[{id:'EC2.13',parameters:[]},{id:'EC2.18',parameters:[]},{id:'EC2.19',parameters:[]}], policy: DEFAULT_PLAN_POLICY}).steps.length; console.log('read+plan', performance.now()-a, steps);} }
void main();
