import * as schemas from '@aws-sdk/client-athena';
import type {
  CreateWorkGroupInput,
  GetQueryExecutionInput,
  GetQueryExecutionOutput,
  GetQueryResultsInput,
  GetQueryResultsOutput,
  GetWorkGroupInput,
  GetWorkGroupOutput,
  StartQueryExecutionInput,
  StartQueryExecutionOutput,
} from '@aws-sdk/client-athena';
import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation, RequiredPermission, Service } from '../runtime/operation';
import { Regional } from '../runtime/regional';
import { parseSelect } from './sql/select';
import { parseCreateTable, parseInsert, type Table } from './sql/tables';
import { Tokens } from './sql/tokens';

/** How long a query runs, by the sandbox's time. */
const QUERY_MILLIS = 3_000;

interface WorkGroup {
  readonly name: string;
  readonly mostBytes: number | undefined;
  /** `BUCKET/FOLDER`; undefined where Athena manages results. */
  readonly results: string | undefined;
}

interface Query {
  readonly workGroup: WorkGroup;
  readonly endsMillis: number;
  readonly bytes: number;
  /** Undefined where it was cancelled for what it would have read. */
  readonly rows: readonly (readonly (string | undefined)[])[] | undefined;
}

interface Place {
  readonly workGroups: Map<string, WorkGroup>;
  readonly tables: Map<string, Table>;
  readonly queries: Map<string, Query>;
}

/**
 * Athena, for tables over flow logs: `CREATE EXTERNAL TABLE`, `INSERT INTO … VALUES` for the records, and queries of
 * the few forms that `sql/` knows. Nothing is read from S3, but what that takes must be permitted.
 * https://docs.aws.amazon.com/athena/latest/APIReference/
 */
export function createAthena(): Service {
  const places = new Regional((): Place => ({ workGroups: new Map(), tables: new Map(), queries: new Map() }));
  const placeOf = ({ account, region }: CallContext): Place => places.at(account, region);
  return {
    signingName: 'athena',
    protocol: 'awsJson1_1',
    schemas,
    operations: {
      CreateWorkGroup: createWorkGroup(placeOf),
      GetWorkGroup: getWorkGroup(placeOf),
      StartQueryExecution: startQueryExecution(placeOf),
      GetQueryExecution: getQueryExecution(placeOf),
      GetQueryResults: getQueryResults(placeOf),
    },
  };
}

type PlaceOf = (context: CallContext) => Place;

function createWorkGroup(placeOf: PlaceOf): Operation<CreateWorkGroupInput, object> {
  return {
    permissions: ({ Name = '' }, context) => [onWorkGroup('CreateWorkGroup', Name, context)],
    handle: ({ Name = '', Configuration }, context) => {
      const { workGroups } = placeOf(context);
      if (workGroups.has(Name)) throw new AwsError('InvalidRequestException', 'WorkGroup is already created');
      const results = /^s3:\/\/(.+?)\/?$/.exec(Configuration?.ResultConfiguration?.OutputLocation ?? '')?.[1];
      workGroups.set(Name, { name: Name, mostBytes: Configuration?.BytesScannedCutoffPerQuery, results });
      return {};
    },
  };
}

function getWorkGroup(placeOf: PlaceOf): Operation<GetWorkGroupInput, GetWorkGroupOutput> {
  return {
    permissions: ({ WorkGroup = '' }, context) => [onWorkGroup('GetWorkGroup', WorkGroup, context)],
    handle: ({ WorkGroup = '' }, context) => {
      const { name, mostBytes, results } = findWorkGroup(WorkGroup, placeOf(context));
      const Configuration = {
        EnforceWorkGroupConfiguration: true,
        ...(mostBytes === undefined ? {} : { BytesScannedCutoffPerQuery: mostBytes }),
        ...(results === undefined ? {} : { ResultConfiguration: { OutputLocation: `s3://${results}/` } }),
      };
      return { WorkGroup: { Name: name, State: 'ENABLED', Configuration } };
    },
  };
}

function startQueryExecution(placeOf: PlaceOf): Operation<StartQueryExecutionInput, StartQueryExecutionOutput> {
  return {
    permissions: (input, context) => {
      const { WorkGroup = 'primary', QueryString = '', ExecutionParameters = [] } = input;
      const place = placeOf(context);
      const own = onWorkGroup('StartQueryExecution', WorkGroup, context);
      if (!/^\s*SELECT\b/i.test(QueryString)) return [own];
      const table = place.tables.get(parseSelect(new Tokens(QueryString, ExecutionParameters)).table);
      const results = place.workGroups.get(WorkGroup)?.results;
      return [
        own,
        ...(table ? onTable(table, context) : []),
        ...(results === undefined ? [] : onResults(results, context)),
      ];
    },
    handle: (input, context) => {
      const { WorkGroup = 'primary', QueryString = '', ExecutionParameters = [] } = input;
      const place = placeOf(context);
      const workGroup = findWorkGroup(WorkGroup, place);
      const QueryExecutionId = context.world.uuid();
      const endsMillis = context.world.clock.now() + QUERY_MILLIS;
      const answer = carryOut(new Tokens(QueryString, ExecutionParameters), place, workGroup.mostBytes);
      place.queries.set(QueryExecutionId, { workGroup, endsMillis, ...answer });
      return { QueryExecutionId };
    },
  };
}

function carryOut(tokens: Tokens, { tables }: Place, mostBytes = Infinity): Pick<Query, 'bytes' | 'rows'> {
  if (tokens.next?.toUpperCase() === 'CREATE') {
    const table = parseCreateTable(tokens);
    if (!tables.has(table.name)) tables.set(table.name, table);
    return { bytes: 0, rows: [] };
  }
  const tableOf = (name: string): Table => {
    const table = tables.get(name);
    if (table === undefined) throw new AwsError('InvalidRequestException', `Table ${name} does not exist`);
    return table;
  };
  if (tokens.next?.toUpperCase() === 'INSERT') {
    parseInsert(tokens, tableOf)();
    return { bytes: 0, rows: [] };
  }
  const select = parseSelect(tokens);
  const { rows } = tableOf(select.table);
  const bytes = rows.reduce((sum, row) => sum + Object.values(row).join(' ').length + 1, 0);
  if (bytes > mostBytes) return { bytes, rows: undefined };
  const found = select
    .run(rows)
    .map((row) =>
      select.columns.map((name) => (row[name] === null || row[name] === undefined ? undefined : String(row[name]))),
    );
  return { bytes, rows: [select.columns, ...found] };
}

function getQueryExecution(placeOf: PlaceOf): Operation<GetQueryExecutionInput, GetQueryExecutionOutput> {
  return {
    permissions: ({ QueryExecutionId = '' }, context) =>
      onQuery('GetQueryExecution', QueryExecutionId, context, placeOf),
    handle: ({ QueryExecutionId = '' }, context) => {
      const { workGroup, endsMillis, bytes, rows } = findQuery(QueryExecutionId, placeOf(context));
      const isRunning = endsMillis > context.world.clock.now();
      const Status = isRunning
        ? { State: 'RUNNING' as const }
        : rows === undefined
          ? { State: 'CANCELLED' as const, StateChangeReason: 'Bytes scanned limit was exceeded' }
          : { State: 'SUCCEEDED' as const };
      const Statistics = { DataScannedInBytes: isRunning ? 0 : bytes };
      return { QueryExecution: { QueryExecutionId, WorkGroup: workGroup.name, Status, Statistics } };
    },
  };
}

function getQueryResults(placeOf: PlaceOf): Operation<GetQueryResultsInput, GetQueryResultsOutput> {
  return {
    permissions: ({ QueryExecutionId = '' }, context) => {
      const results = placeOf(context).queries.get(QueryExecutionId)?.workGroup.results;
      return [
        ...onQuery('GetQueryResults', QueryExecutionId, context, placeOf),
        ...(results === undefined
          ? []
          : [throughAthena('s3:GetObject', `${s3Arn(results, context)}/${QueryExecutionId}.csv`)]),
      ];
    },
    handle: ({ QueryExecutionId = '' }, context) => {
      const { endsMillis, rows } = findQuery(QueryExecutionId, placeOf(context));
      if (rows === undefined || endsMillis > context.world.clock.now()) {
        throw new AwsError('InvalidRequestException', 'Query did not finish successfully.');
      }
      const Rows = rows.map((row) => ({
        Data: row.map((value) => (value === undefined ? {} : { VarCharValue: value })),
      }));
      return { ResultSet: { Rows } };
    },
  };
}

function findWorkGroup(name: string, { workGroups }: Place): WorkGroup {
  const found = workGroups.get(name);
  if (found === undefined) throw new AwsError('InvalidRequestException', `WorkGroup ${name} is not found.`);
  return found;
}

function findQuery(id: string, { queries }: Place): Query {
  const found = queries.get(id);
  if (found === undefined) throw new AwsError('InvalidRequestException', `QueryExecution ${id} was not found`);
  return found;
}

function onWorkGroup(action: string, name: string, { world, account, region }: CallContext): RequiredPermission {
  const resource = `arn:${world.partition}:athena:${region}:${account}:workgroup/${name}`;
  return { action: `athena:${action}`, resource };
}

function onQuery(action: string, id: string, context: CallContext, placeOf: PlaceOf): readonly RequiredPermission[] {
  return [onWorkGroup(action, placeOf(context).queries.get(id)?.workGroup.name ?? '*', context)];
}

/** What Athena does with the permissions of whoever asked. */
function throughAthena(action: string, resource: string): RequiredPermission {
  return { action, resource, context: { 'aws:CalledVia': ['athena.amazonaws.com'] } };
}

function onTable({ name, isPartitioned, bucket, prefix }: Table, context: CallContext): readonly RequiredPermission[] {
  const [database = '', table = ''] = name.split('.');
  const { world, account, region } = context;
  const glue = `arn:${world.partition}:glue:${region}:${account}`;
  const resources = [`${glue}:catalog`, `${glue}:database/${database}`];
  return [
    ...resources.map((resource) => throughAthena('glue:GetDatabase', resource)),
    ...['glue:GetTable', ...(isPartitioned ? ['glue:GetPartitions'] : [])].flatMap((action) =>
      [...resources, `${glue}:table/${database}/${table}`].map((resource) => throughAthena(action, resource)),
    ),
    ...['s3:GetBucketLocation', 's3:ListBucket'].map((action) => throughAthena(action, s3Arn(bucket, context))),
    throughAthena('s3:GetObject', `${s3Arn(bucket, context)}/${prefix}/file`),
  ];
}

function onResults(results: string, context: CallContext): readonly RequiredPermission[] {
  const [bucket = ''] = results.split('/');
  return [
    throughAthena('s3:GetBucketLocation', s3Arn(bucket, context)),
    throughAthena('s3:PutObject', `${s3Arn(results, context)}/file`),
  ];
}

function s3Arn(path: string, { world }: CallContext): string {
  return `arn:${world.partition}:s3:::${path}`;
}
