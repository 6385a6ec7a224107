"""Prints what CPython's own parser makes of each text on standard input: a JSON string a line in, a JSON object a line out.

A tree is [kind, text, children] in the shape of tree.ts. A text that is refused has an error and an empty tree.
"""

import ast
import io
import json
import sys
import tokenize
import warnings


def leaf(kind, text):
    return [kind, text, []]


def tree(node):
    if isinstance(node, ast.Constant):
        value = node.value
        if value is None or isinstance(value, bool):
            return leaf("word", {None: "null", True: "true", False: "false"}[value])
        if isinstance(value, str):
            return leaf("string", value.encode("utf-8", "replace").decode("utf-8"))
        if isinstance(value, (int, float)):
            return leaf("number", repr(value))
        return leaf("Constant", repr(value))
    if isinstance(node, ast.Dict):
        return ["object", "", [entry(key, value) for key, value in zip(node.keys, node.values)]]
    if isinstance(node, ast.JoinedStr):
        return ["text", "", [tree(part) for part in node.values]]
    if isinstance(node, ast.List):
        return ["array", "", [tree(item) for item in node.elts]]
    if isinstance(node, ast.keyword):
        return ["spread" if node.arg is None else "entry", node.arg or "", [tree(node.value)]]
    return [type(node).__name__, "", [part for name, value in ast.iter_fields(node) for part in field(name, value)]]


def entry(key, value):
    if key is None:
        return ["spread", "", [tree(value)]]
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return ["entry", key.value, [tree(value)]]
    return ["pair", "", [tree(key), tree(value)]]


def field(name, value):
    if name in ("ctx", "kind", "type_comment") or value is None:
        return []
    if isinstance(value, ast.AST):
        return [tree(value)]
    if not isinstance(value, list):
        return [leaf(name, repr(value))]
    items = [tree(item) if isinstance(item, ast.AST) else leaf(name, repr(item)) for item in value]
    # A body is one node, so that two bodies of a statement never run into each other.
    return [[name, "", items]] if name in ("body", "orelse", "finalbody", "handlers") else items


def comments(text):
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def parsed(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
        return {"tree": tree(module), "error": None, "comments": comments(text)}
    except (SyntaxError, ValueError, RecursionError, tokenize.TokenError) as error:
        return {"tree": leaf("Module", ""), "error": str(error), "comments": []}


sys.setrecursionlimit(10000)
for line in sys.stdin:
    print(json.dumps(parsed(json.loads(line))))
