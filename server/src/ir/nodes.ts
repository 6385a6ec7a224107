/**
 * The common intermediate representation of source code: plain data that every frontend produces and that the evaluator
 * reads. Nodes keep UTF-16 offsets into the module's text. What a frontend cannot express becomes `opaque` with its
 * sub-expressions as children, so no call is lost.
 *
 * Frontends drop everything transparent: `await`, `as`, `satisfies`, `!`, parentheses, type arguments of calls.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | Name
  | Member
  | Index
  | Call
  | StringLiteral
  | Template
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | ObjectLiteral
  | ArrayLiteral
  | Conditional
  | Logical
  | Binary
  | Unary
  | FunctionNode
  | ClassNode
  | Assignment
  | Comprehension
  | ImportExpression
  | Super
  | Opaque;

/** A variable, a parameter, `this` (TypeScript), or a global. */
export interface Name extends Span {
  readonly kind: 'name';
  readonly name: string;
}

/** `object.property`, and `object["property"]` on a TypeScript receiver. Optional chaining is the same node. */
export interface Member extends Span {
  readonly kind: 'member';
  readonly object: Expression;
  readonly property: string;
  /** Offset of the property's name: the line of the method in a chain that spans several lines. */
  readonly propertyStart: number;
}

/** `object[index]`. Python's subscript with a string stays an index, because it never reads an attribute. */
export interface Index extends Span {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
}

export interface Call extends Span {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
  /** `new X(...)` in TypeScript; always false in Python. */
  readonly isNew: boolean;
  /** Offset after the opening bracket of the argument list; -1 for `new X` and tagged templates. */
  readonly argumentsStart: number;
}

export interface Argument extends Span {
  /** `positional` is `f(x)`, `named` is `f(name=x)`, `spread` is `f(...x)` or `f(*x)`, `namedSpread` is `f(**x)`. */
  readonly kind: 'positional' | 'named' | 'spread' | 'namedSpread';
  readonly name: string | null;
  readonly value: Expression;
}

/** A string without holes. `value` is the string at run time (escapes decoded, adjacent Python literals joined). */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
  readonly isBytes: boolean;
}

/** A template literal or an f-string: literal texts and holes in order. */
export interface Template extends Span {
  readonly kind: 'template';
  readonly parts: readonly TemplatePart[];
}
export type TemplatePart = TemplateText | TemplateHole;
export interface TemplateText extends Span {
  readonly kind: 'text';
  readonly value: string;
}
export interface TemplateHole extends Span {
  readonly kind: 'hole';
  readonly expression: Expression;
}

export interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly value: number;
}
export interface BooleanLiteral extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}
/** `null`, `undefined` and `None`. */
export interface NullLiteral extends Span {
  readonly kind: 'null';
}

/** An object literal or a Python dict. Methods and getters of an object literal are properties with a function. */
export interface ObjectLiteral extends Span {
  readonly kind: 'object';
  readonly entries: readonly ObjectEntry[];
}
export type ObjectEntry = Property | SpreadEntry;
export interface Property extends Span {
  readonly kind: 'property';
  /** A plain or quoted key, or an expression for a computed one. */
  readonly key: string | Expression;
  readonly value: Expression;
  readonly isShorthand: boolean;
  readonly isGetter: boolean;
}
export interface SpreadEntry extends Span {
  readonly kind: 'spread';
  readonly value: Expression;
}

/** An array, list, tuple or set literal. */
export interface ArrayLiteral extends Span {
  readonly kind: 'array';
  readonly items: readonly (Expression | SpreadEntry)[];
}

export interface Conditional extends Span {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

/** `||` and Python's `or`; `&&` and `and`; `??`. */
export interface Logical extends Span {
  readonly kind: 'logical';
  readonly operator: '||' | '&&' | '??';
  readonly left: Expression;
  readonly right: Expression;
}

/** Any other operator with two operands, as written (`+`, `%`, `|`, `==`, `in` ...). */
export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** `!x` and Python's `not x`; `typeof x`. Any other unary operator is opaque. */
export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: '!' | 'typeof';
  readonly operand: Expression;
}

export interface Parameter extends Span {
  readonly pattern: Pattern;
  readonly default: Expression | null;
  readonly annotation: Expression | null;
  /** `rest` is `...x` and `*x`, `namedRest` is `**x`, `keyword` comes after a bare `*`. */
  readonly kind: 'positional' | 'keyword' | 'rest' | 'namedRest';
  /** TypeScript's `constructor(private client: OpenAI)`: the parameter is also a field. */
  readonly isField: boolean;
}

/**
 * A function, method, arrow or lambda, as a declaration or an expression. `receiver` is the name by which its body
 * refers to the instance: `this` in TypeScript (null in an arrow function, so that `this` resolves outwards), the first
 * parameter's name in a Python method (that parameter is not in `parameters`). In a class method (`@classmethod`,
 * `static`) the receiver is the class.
 */
export interface FunctionNode extends Span {
  readonly kind: 'function';
  readonly name: string | null;
  readonly parameters: readonly Parameter[];
  /** An arrow's or lambda's expression body is a single `return`. */
  readonly body: readonly Statement[];
  readonly receiver: string | null;
  readonly receiverIsClass: boolean;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly decorators: readonly Expression[];
  readonly returns: Expression | null;
  readonly bodySpan: Span;
}

/** A class. TypeScript interfaces and object type aliases are classes whose fields only have annotations. */
export interface ClassNode extends Span {
  readonly kind: 'class';
  readonly name: string | null;
  readonly bases: readonly Expression[];
  /** What the class only promises to have (TypeScript's `implements`): nothing is inherited from there. */
  readonly interfaces: readonly Expression[];
  readonly members: readonly ClassMember[];
  readonly decorators: readonly Expression[];
  /** The text that Python keeps as `__doc__`. */
  readonly docstring: StringLiteral | null;
}
export type ClassMember = Field | Method;
export interface Field extends Span {
  readonly kind: 'field';
  readonly name: string;
  readonly value: Expression | null;
  readonly annotation: Expression | null;
  readonly isStatic: boolean;
}
export interface Method extends Span {
  readonly kind: 'method';
  /** `constructor` for `constructor` and `__init__`. */
  readonly name: string;
  readonly function: FunctionNode;
  /** A getter, Python's `@property` or `@cached_property`. */
  readonly isGetter: boolean;
  readonly isStatic: boolean;
}

/** An assignment as an expression: JavaScript's `a = b`, Python's walrus. */
export interface Assignment extends Span {
  readonly kind: 'assignment';
  readonly target: Pattern;
  readonly operator: string;
  readonly value: Expression;
}

/** A comprehension or generator expression. */
export interface Comprehension extends Span {
  readonly kind: 'comprehension';
  readonly element: Expression;
  readonly clauses: readonly ComprehensionClause[];
  readonly collection: 'list' | 'set' | 'dict' | 'generator';
}
export interface ComprehensionClause {
  readonly target: Pattern;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
}

/** `import("x")` and `require("x")`: its value is the module. */
export interface ImportExpression extends Span {
  readonly kind: 'import';
  readonly module: string;
}

/**
 * `super`; Python's `super()` and `super(C, self)` are lowered to the same node. Calling it, or `super().__init__`,
 * calls the base's constructor.
 */
export interface Super extends Span {
  readonly kind: 'super';
}

/** Anything else (unary operators, chained comparisons, JSX, `yield`, slices ...), with the expressions inside it. */
export interface Opaque extends Span {
  readonly kind: 'opaque';
  readonly children: readonly Expression[];
}

/** The target of an assignment, parameter, loop or `with`. */
export type Pattern = Name | Member | Index | ObjectPattern | ArrayPattern;
export interface ObjectPattern extends Span {
  readonly kind: 'objectPattern';
  readonly entries: readonly ObjectPatternEntry[];
}
export interface ObjectPatternEntry {
  /** The property that is read; null for `...rest`. */
  readonly key: string | null;
  readonly target: Pattern;
  readonly default: Expression | null;
}
export interface ArrayPattern extends Span {
  readonly kind: 'arrayPattern';
  readonly items: readonly (Pattern | null)[];
  /** Index of a starred or rest item; -1 if there is none. */
  readonly restIndex: number;
}

export type Statement = Import | Export | Declare | ExpressionStatement | Return | Branch | Loop | With | Block;

/** `import a, {b as c} from "m"`, `from m import b as c`, `import a.b.c`. */
export interface Import extends Span {
  readonly kind: 'import';
  /** The specifier as written; in Python with its leading dots (`..pkg.mod`). */
  readonly module: string;
  readonly names: readonly ImportedName[];
}
export interface ImportedName {
  /** `default`, `*` (the namespace, or Python's star import when `local` is `*`), or the exported name. */
  readonly imported: string;
  /** For Python's `import a.b.c` the local name is `a`, and the import's module is `a`; `import a.b as x` binds `a.b`. */
  readonly local: string;
}

/** An export of a TypeScript module. A Python module implicitly exports its top-level names. */
export interface Export extends Span {
  readonly kind: 'export';
  /** Set on a re-export (`export {a as b} from "m"`, `export * from "m"`), null on an export of local names. */
  readonly module: string | null;
  /** `local` is `*` in `export * from`; `export * as ns from` exports `*` as `ns`. */
  readonly names: readonly { readonly local: string; readonly exported: string }[];
  /** `export default <expression>` (and `module.exports = <expression>`, `export =`). */
  readonly value: Expression | null;
}

/** A declaration or assignment statement. Function and class declarations are constants bound to their node. */
export interface Declare extends Span {
  readonly kind: 'declare';
  readonly target: Pattern;
  readonly value: Expression | null;
  /** `=`, or an augmented operator such as `+=`. */
  readonly operator: string;
  readonly annotation: Expression | null;
  /** False for an assignment to an existing name; Python assignments always declare (unless global/nonlocal). */
  readonly isDeclaration: boolean;
  readonly isConstant: boolean;
  /** `block` for let and const and class; `function` for var, function declarations and Python. */
  readonly scope: 'block' | 'function';
}

export interface ExpressionStatement extends Span {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** `return`, and `throw`/`raise`, `break` and `continue`, which end a block without a value for the caller. */
export interface Return extends Span {
  readonly kind: 'return';
  readonly value: Expression | null;
  readonly exit: 'return' | 'throw' | 'break' | 'continue';
}

/**
 * Alternatives: `if`/`elif`/`else`, `switch`, `match`, and `try` (the body and each handler are alternatives; `finally`
 * follows the branch). `tests` are evaluated before; `isExhaustive` is true if one alternative always runs (there is an
 * `else` or `default`).
 */
export interface Branch extends Span {
  readonly kind: 'branch';
  readonly origin: 'if' | 'switch' | 'try';
  readonly tests: readonly Expression[];
  readonly alternatives: readonly (readonly Statement[])[];
  readonly isExhaustive: boolean;
}

export interface Loop extends Span {
  readonly kind: 'loop';
  readonly origin: 'for' | 'while';
  /** The target of a for-of, for-in or Python `for`; null in `for(;;)` and `while`. */
  readonly target: Pattern | null;
  readonly iterable: Expression | null;
  /** The condition of `while` and `for(;;)`. */
  readonly test: Expression | null;
  /**
   * The initialiser of a `for(;;)` runs once and is lowered before the loop; its update is the body's last statement.
   */
  readonly body: readonly Statement[];
  readonly bodySpan: Span;
}

export interface With extends Span {
  readonly kind: 'with';
  readonly items: readonly { readonly value: Expression; readonly target: Pattern | null }[];
  readonly body: readonly Statement[];
}

export interface Block extends Span {
  readonly kind: 'block';
  readonly body: readonly Statement[];
}

/** A comment that may be addressed to Farthing: its text without the comment marks, trimmed. */
export interface Comment extends Span {
  readonly text: string;
}

/** One source file, or one notebook (all its code cells, in order, as one module). */
export interface ModuleNode {
  readonly language: 'typescript' | 'python';
  readonly body: readonly Statement[];
  /** Only comments that mention `farthing`. */
  readonly comments: readonly Comment[];
  /** Where something may be missing: the first place only, for the problems list. */
  readonly syntaxError: SyntaxProblem | null;
}

/**
 * `syntax`: the language's own parser had to recover. `parser`: another parser had to, which may not know what the language
 * accepts. `depth`: the code nests deeper than it is read.
 */
export interface SyntaxProblem extends Span {
  readonly cause: 'syntax' | 'parser' | 'depth';
}
