"""Prints the calls of each file named on standard input, one JSON object a line, as CPython's own parser sees them.

A call is its position (line, and column in UTF-16 units, both of its callee's first character) and the dotted names of
the functions and classes around it. Calls of `super` are left out: they are no calls in the representation.
"""

import ast
import json
import sys
import warnings


def column(line, byte):
    text = line.encode("utf-8", "surrogatepass")[:byte].decode("utf-8", "replace")
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Calls(ast.NodeVisitor):
    def __init__(self, lines):
        self.lines = lines
        self.scope = []
        self.calls = []

    def inside(self, name, nodes):
        self.scope.append(name)
        for node in nodes:
            self.visit(node)
        self.scope.pop()

    def function(self, node):
        for part in node.decorator_list + [node.args, node.returns]:
            if part is not None:
                self.visit(part)
        self.inside(node.name, node.body)

    visit_FunctionDef = visit_AsyncFunctionDef = function

    def visit_Lambda(self, node):
        self.visit(node.args)
        self.inside("<lambda>", [node.body])

    def visit_ClassDef(self, node):
        for part in node.decorator_list + node.bases + node.keywords:
            self.visit(part)
        self.inside(node.name, node.body)

    def visit_JoinedStr(self, node):
        # Before 3.12 the positions inside an f-string are not those of the file.
        if sys.version_info >= (3, 12):
            self.generic_visit(node)

    def visit_Call(self, node):
        if not (isinstance(node.func, ast.Name) and node.func.id == "super"):
            line = self.lines[node.lineno - 1]
            self.calls.append([node.lineno, column(line, node.col_offset), ".".join(self.scope)])
        self.generic_visit(node)


def calls_of(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    visitor = Calls(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    visitor.visit(tree)
    return visitor.calls


def main():
    for path in sys.stdin.read().split("\n"):
        if path == "":
            continue
        try:
            result = {"path": path, "calls": calls_of(path)}
        except (SyntaxError, ValueError, RecursionError):
            result = {"path": path, "calls": None}
        print(json.dumps({**result, "seesTemplates": sys.version_info >= (3, 12)}))


main()
