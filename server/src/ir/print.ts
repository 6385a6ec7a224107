/**
 * Prints IR as S-expressions: one line per statement, nested bodies indented. For tests and debugging of frontends.
 */
import type {
  Argument,
  ClassMember,
  Expression,
  FunctionNode,
  ModuleNode,
  ObjectEntry,
  Parameter,
  Pattern,
  SpreadEntry,
  Statement,
} from './nodes.ts';

/** The whole module: its statements, then its comments as `; text`, then `; syntax error at start-end`. */
export function printModule(module: ModuleNode): string {
  const lines = [printStatements(module.body, '')];
  for (const comment of module.comments) lines.push(`; ${comment.text}`);
  if (module.syntaxError !== null) {
    lines.push(`; syntax error at ${module.syntaxError.start}-${module.syntaxError.end}`);
  }
  return lines.filter((line) => line !== '').join('\n');
}

/** Statements, one per line, each line starting with `indent`. */
export function printStatements(statements: readonly Statement[], indent: string): string {
  return statements.map((statement) => indent + printStatement(statement, indent)).join('\n');
}

function body(statements: readonly Statement[], indent: string): string {
  return statements.length === 0 ? '' : `\n${printStatements(statements, `${indent}  `)}`;
}

export function printStatement(node: Statement, indent = ''): string {
  const expression = (value: Expression): string => printExpression(value, indent);
  const pattern = (target: Pattern): string => printPattern(target, indent);
  switch (node.kind) {
    case 'import':
      return list('import', JSON.stringify(node.module), ...node.names.map((name) => as(name.imported, name.local)));
    case 'export':
      return list(
        'export',
        node.module === null ? '' : `from=${JSON.stringify(node.module)}`,
        ...node.names.map((name) => as(name.local, name.exported)),
        node.value === null ? '' : `value=${expression(node.value)}`,
      );
    case 'declare': {
      const word = !node.isDeclaration ? 'assign' : node.isConstant ? 'const' : node.scope === 'block' ? 'let' : 'var';
      return list(
        word,
        pattern(node.target) + (node.annotation === null ? '' : `: ${expression(node.annotation)}`),
        node.operator === '=' ? '' : node.operator,
        node.value === null ? '' : expression(node.value),
      );
    }
    case 'expression':
      return expression(node.expression);
    case 'return':
      return list(node.exit, node.value === null ? '' : expression(node.value));
    case 'branch': {
      const word = node.isExhaustive ? `${node.origin}!` : node.origin;
      const alternatives = node.alternatives.map(
        (statements) => `\n${indent}  (path${body(statements, `${indent}  `)})`,
      );
      return `${list(word, ...node.tests.map(expression)).slice(0, -1) + alternatives.join('')})`;
    }
    case 'loop': {
      const head = list(
        node.origin,
        node.target === null ? '' : pattern(node.target),
        node.iterable === null ? '' : `of ${expression(node.iterable)}`,
        node.test === null ? '' : `test ${expression(node.test)}`,
      );
      return `${head.slice(0, -1) + body(node.body, indent)})`;
    }
    case 'with': {
      const items = node.items.map(
        (item) => expression(item.value) + (item.target === null ? '' : ` as ${pattern(item.target)}`),
      );
      return `${list('with', ...items).slice(0, -1) + body(node.body, indent)})`;
    }
    case 'block':
      return `(block${body(node.body, indent)})`;
  }
}

export function printExpression(node: Expression, indent = ''): string {
  const expression = (value: Expression): string => printExpression(value, indent);
  switch (node.kind) {
    case 'name':
      return node.name;
    case 'member':
      return list('.', expression(node.object), node.property);
    case 'index':
      return list('[]', expression(node.object), expression(node.index));
    case 'call':
      return list(
        node.isNew ? 'new' : 'call',
        expression(node.callee),
        ...node.arguments.map((argument) => printArgument(argument, indent)),
      );
    case 'string':
      return (node.isBytes ? 'b' : '') + JSON.stringify(node.value);
    case 'template': {
      const parts = node.parts.map((part) =>
        part.kind === 'text' ? JSON.stringify(part.value) : `\${${expression(part.expression)}}`,
      );
      return list('template', ...parts);
    }
    case 'number':
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'object':
      return `{${node.entries.map((entry) => printEntry(entry, indent)).join(' ')}}`;
    case 'array':
      return `[${node.items.map((item) => printItem(item, indent)).join(' ')}]`;
    case 'conditional':
      return list('?', expression(node.test), expression(node.then), expression(node.otherwise));
    case 'logical':
    case 'binary':
      return list(node.operator, expression(node.left), expression(node.right));
    case 'function':
      return printFunction(node, indent);
    case 'class': {
      const members = node.members.map((member) => `\n${indent}  ${printMember(member, `${indent}  `)}`);
      const head = list(
        ...node.decorators.map((decorator) => `@${expression(decorator)}`),
        'class',
        node.name ?? '',
        node.bases.length === 0 ? '' : `< ${node.bases.map(expression).join(' ')}`,
      );
      return `${head.slice(0, -1) + members.join('')})`;
    }
    case 'assignment':
      return list('set', printPattern(node.target, indent), node.operator, expression(node.value));
    case 'comprehension': {
      const clauses = node.clauses.map((clause) =>
        list(
          'for',
          printPattern(clause.target, indent),
          `of ${expression(clause.iterable)}`,
          ...clause.conditions.map((condition) => `if ${expression(condition)}`),
        ),
      );
      return list(node.collection, expression(node.element), ...clauses);
    }
    case 'import':
      return list('import', JSON.stringify(node.module));
    case 'super':
      return 'super';
    case 'unary':
      return list(node.operator, expression(node.operand));
    case 'opaque':
      return list('opaque', ...node.children.map(expression));
  }
}

export function printPattern(node: Pattern, indent = ''): string {
  switch (node.kind) {
    case 'objectPattern': {
      const entries = node.entries.map((entry) => {
        const target = printPattern(entry.target, indent);
        const key = entry.key === null ? `...${target}` : entry.key === target ? target : `${entry.key}: ${target}`;
        return entry.default === null ? key : `${key}=${printExpression(entry.default, indent)}`;
      });
      return `{${entries.join(' ')}}`;
    }
    case 'arrayPattern': {
      const items = node.items.map(
        (item, index) => (index === node.restIndex ? '...' : '') + (item === null ? '_' : printPattern(item, indent)),
      );
      return `[${items.join(' ')}]`;
    }
    default:
      return printExpression(node, indent);
  }
}

/** `(fn name (parameters) -> annotation`, its flags (`async`, `generator`, `receiver=this`), then its body indented. */
function printFunction(node: FunctionNode, indent: string): string {
  const head = list(
    ...node.decorators.map((decorator) => `@${printExpression(decorator, indent)}`),
    node.isAsync ? 'async' : '',
    node.isGenerator ? 'generator' : '',
    'fn',
    node.name ?? '',
    `(${node.parameters.map((parameter) => printParameter(parameter, indent)).join(' ')})`,
    node.receiver === null ? '' : `receiver=${node.receiver}${node.receiverIsClass ? ':class' : ''}`,
    node.returns === null ? '' : `-> ${printExpression(node.returns, indent)}`,
  );
  return `${head.slice(0, -1) + body(node.body, indent)})`;
}

function printParameter(parameter: Parameter, indent: string): string {
  const marks = { positional: '', keyword: '*, ', rest: '...', namedRest: '**' };
  return (
    (parameter.isField ? 'field ' : '') +
    marks[parameter.kind] +
    printPattern(parameter.pattern, indent) +
    (parameter.annotation === null ? '' : `: ${printExpression(parameter.annotation, indent)}`) +
    (parameter.default === null ? '' : `=${printExpression(parameter.default, indent)}`)
  );
}

function printMember(member: ClassMember, indent: string): string {
  const prefix = member.isStatic ? 'static ' : '';
  if (member.kind === 'method') {
    return `${prefix}${member.isGetter ? 'get ' : ''}${member.name}: ${printFunction(member.function, indent)}`;
  }
  return (
    `${prefix}field ${member.name}` +
    (member.annotation === null ? '' : `: ${printExpression(member.annotation, indent)}`) +
    (member.value === null ? '' : ` = ${printExpression(member.value, indent)}`)
  );
}

function printArgument(argument: Argument, indent: string): string {
  const value = printExpression(argument.value, indent);
  if (argument.kind === 'named') return `${argument.name}=${value}`;
  if (argument.kind === 'spread') return `...${value}`;
  return argument.kind === 'namedSpread' ? `**${value}` : value;
}

function printEntry(entry: ObjectEntry, indent: string): string {
  if (entry.kind === 'spread') return `...${printExpression(entry.value, indent)}`;
  if (entry.isShorthand) return String(entry.key);
  const key = typeof entry.key === 'string' ? entry.key : `[${printExpression(entry.key, indent)}]`;
  return `${entry.isGetter ? 'get ' : ''}${key}: ${printExpression(entry.value, indent)}`;
}

function printItem(item: Expression | SpreadEntry, indent: string): string {
  return item.kind === 'spread' ? `...${printExpression(item.value, indent)}` : printExpression(item, indent);
}

function as(from: string, to: string): string {
  return from === to ? from : `${from} as ${to}`;
}

function list(...parts: readonly string[]): string {
  return `(${parts.filter((part) => part !== '').join(' ')})`;
}
