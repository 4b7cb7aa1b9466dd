"""The type stubs say what the module has: every name, every parameter and its default."""

import ast
import inspect
import pathlib
import unittest

import merestone

STUB = ast.parse((pathlib.Path(__file__).resolve().parents[1] / "merestone.pyi").read_text(encoding="utf-8"))
TYPES = {"HasGeoInterface", "HasArrowStream"}


def parameters(function):
    """Names of parameters, in order, with their defaults."""
    of = function.args
    positional = list(zip(of.args, [None] * (len(of.args) - len(of.defaults)) + of.defaults))
    keyword = list(zip(of.kwonlyargs, of.kw_defaults))
    return [(arg.arg, ast.literal_eval(default) if default else inspect.Parameter.empty) for arg, default in positional + keyword]


class Stubs(unittest.TestCase):
    def test_every_function(self):
        stated = {node.name: parameters(node) for node in STUB.body if isinstance(node, ast.FunctionDef)}
        found = {
            name: [(p.name, p.default) for p in inspect.signature(value).parameters.values()]
            for name, value in vars(merestone).items()
            if inspect.isbuiltin(value)
        }
        self.assertEqual(stated, found)

    def test_every_class(self):
        stated = {node.name: node for node in STUB.body if isinstance(node, ast.ClassDef) and node.name not in TYPES}
        found = {name: value for name, value in vars(merestone).items() if inspect.isclass(value)}
        self.assertEqual(set(stated), set(found))
        for name, node in stated.items():
            members = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
            members |= {item.target.id for item in node.body if isinstance(item, ast.AnnAssign)}
            own = set(vars(found[name]))
            with self.subTest(name):
                self.assertLessEqual(members, own)
                public = {member for member in own if not member.startswith("_")}
                self.assertLessEqual(public, members)

    def test_every_function_has_a_sentence(self):
        for name, value in vars(merestone).items():
            if inspect.isbuiltin(value):
                self.assertTrue((value.__doc__ or "").strip().rstrip(")").endswith((".", "?")) or value.__doc__, name)


if __name__ == "__main__":
    unittest.main()
