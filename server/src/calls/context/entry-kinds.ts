/** How programs are entered: by what decorates a function, by what it is handed to, and by its file. */
import type { ReachedFrom } from '@farthing/shared/vocabulary';
import type { Call, Expression } from '../../ir/nodes.ts';
import { calleeName } from '../repetition.ts';

export type Entry = Exclude<ReachedFrom, 'unknown'>;

const HTTP_METHOD = /^(?:get|post|put|patch|delete|head|options|all|any)$/i;
const ROUTE_DECORATOR =
  /^(?:route|api_route|api_view|endpoint|websocket|ws|http|view_config|expose|csrf_exempt|login_required|Controller|Query|Mutation|Subscription|Resolver|MessagePattern|SubscribeMessage|on_message|on_chat_start|on_event|event|message|slash_command|hybrid_command)$/;
const JOB_DECORATOR =
  /^(?:task|shared_task|periodic_task|actor|job|cron|scheduled_job|scheduled|flow|asset|op|activity|defn|Cron|Interval|Timeout|Process|Processor|OnQueueEvent|EventPattern|schedule|background_task|on_schedule)$/;
const SCRIPT_DECORATOR = /^(?:command|group|callback)$/;

/** `@app.post("/ask")`, `@shared_task`, `@click.command()`; null for any other decorator. */
export function entryOfDecorator(decorator: Expression): Entry | null {
  const node = decorator.kind === 'call' ? decorator.callee : decorator;
  const name = calleeName(node);
  if (ROUTE_DECORATOR.test(name) || (HTTP_METHOD.test(name) && decorator.kind === 'call')) return 'handler';
  if (JOB_DECORATOR.test(name)) return 'job';
  // `app.command()` of a chat bot's framework answers people; of a program's, it is the program.
  return SCRIPT_DECORATOR.test(name) ? 'script' : null;
}

const PATH = /^(?:\/|$|\*)/;
const PROCEDURES = /^(?:mutation|query|subscription|action|handler|resolve)$/;
const PROCEDURE_MAKERS = /procedure|actionClient|safeAction|createSafeAction|router/i;
const WORKERS =
  /^(?:Worker|QueueWorker|CronJob|createFunction|defineJob|schedule|scheduleJob|setInterval|repeat|every|consume|subscribe|onSchedule|cronJob|schemaTask)$/;
const QUEUES = /queue|worker|cron|schedul|agenda|inngest|job|consumer/i;

/** What a function is entered by that is handed to `call`: a route, a queue, a command line; null for any other call. */
export function entryOfRegistration({ callee, arguments: args }: Call): Entry | null {
  const name = calleeName(callee);
  const [first] = args;
  const path = first?.value.kind === 'string' ? first.value.value : null;
  const owner = callee.kind === 'member' ? lastName(callee.object) : '';
  if (callee.kind === 'member' && HTTP_METHOD.test(name) && path !== null && PATH.test(path)) return 'handler';
  if (PROCEDURES.test(name) && PROCEDURE_MAKERS.test(owner)) return 'handler';
  if (WORKERS.test(name) || (/^(?:process|define|add|do|run|on)$/.test(name) && QUEUES.test(owner))) return 'job';
  if (name === 'action' && callee.kind === 'member' && callee.object.kind === 'call') return 'script';
  return null;
}

/** The name that a chain of members and calls begins with or ends in, whichever says more. */
function lastName(node: Expression): string {
  const names: string[] = [];
  for (let current: Expression | null = node; current; ) {
    if (current.kind === 'call') current = current.callee;
    else if (current.kind === 'member') {
      names.push(current.property);
      current = current.object;
    } else {
      if (current.kind === 'name') names.push(current.name);
      current = null;
    }
  }
  return names.join(' ');
}

/** `samples`, and folders whose name ends in such a word: `agent_demo`, `feature-examples`, `sdk_crash_course`. */
const EXAMPLE_FOLDER =
  /^(?:templates?|docs|(?:.*[-_. ])?(?:examples?|samples?|demos?|cookbooks?|tutorials?|quickstarts?|crash[-_ ]courses?))$/i;
const ROUTE_FILES =
  /(?:^|\/)app\/(?:.*\/)?route\.[cm]?[jt]sx?$|(?:^|\/)pages\/api\/|(?:^|\/)server\/(?:api|routes)\/|\+(?:server|page\.server|layout\.server)\.[jt]s$|(?:^|\/)(?:controllers?|handlers?|routers?|routes|endpoints|webhooks?|resolvers|views)\/|(?:^|\/)(?:views|routes|endpoints|controllers?|webhooks?)\.py$|\.(?:controller|route|routes|handler|resolver|gateway)\.[cm]?[jt]s$/;
const JOB_FILES =
  /(?:^|\/)(?:jobs?|workers?|crons?|queues?|consumers?|schedulers?|celery|inngest|trigger)\/|(?:^|\/)(?:tasks|celery|worker|cron|jobs)\.py$|\.(?:worker|job|cron|processor|consumer)\.[cm]?[jt]s$/;
const SCRIPT_FILES =
  /(?:^|\/)(?:scripts?|bin|cli|backfills?|migrations?|seeds?|benchmarks?|experiments?)\/|(?:^|\/)(?:__main__|cli|seed|migrate|backfill|ingest|benchmark)[^/]*\.[^/.]+$/i;
const UI_FILES = /(?:^|\/)components\/|\.(?:vue|svelte)$/;

/** By the file's place and name; `path` is relative to the scanned root. */
export function entryOfPath(path: string): Entry | null {
  // Below a route, a folder for jobs says who calls it: a scheduler.
  if (JOB_FILES.test(path)) return 'job';
  if (ROUTE_FILES.test(path)) return 'handler';
  if (UI_FILES.test(path)) return 'ui';
  return SCRIPT_FILES.test(path) ? 'script' : null;
}

export function isExample(path: string): boolean {
  return path
    .split('/')
    .slice(0, -1)
    .some((folder) => EXAMPLE_FOLDER.test(folder));
}

const UI_MODULES = /^(?:streamlit|gradio|chainlit|nicegui|panel|dash|mesop|textual|tkinter)(?:$|\.)/;
const TRIVIA = /\s+|\/\/[^\n]*|\/\*/y;
const DIRECTIVE = /(['"])use (client|server)\1/y;

/** By what a module imports or says of itself at its beginning (`'use client'`). */
export function entryOfModule(text: string, imports: readonly string[]): Entry | null {
  const directive = directiveOf(text);
  if (directive !== null) return directive === 'client' ? 'ui' : 'handler';
  return imports.some((module) => UI_MODULES.test(module)) ? 'ui' : null;
}

/** What stands behind the comments at the beginning. Piece by piece, since one expression for all of it is not linear. */
function directiveOf(text: string): string | null {
  let at = 0;
  for (;;) {
    TRIVIA.lastIndex = at;
    const found = TRIVIA.exec(text)?.[0];
    if (found === undefined) break;
    const close = found === '/*' ? text.indexOf('*/', at + 2) : at + found.length;
    if (close < 0) return null;
    at = found === '/*' ? close + 2 : close;
  }
  DIRECTIVE.lastIndex = at;
  return DIRECTIVE.exec(text)?.[2] ?? null;
}
