# names.py - compares the module batsched with its description for type checkers; rejects all jobs.
import ast
import pathlib

import batsched


def names_of(node):
    """Names that a class or module of the description defines, but those of its own machinery."""
    found = {}
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            found[statement.name] = statement
        elif isinstance(statement, ast.AnnAssign):
            found[statement.target.id] = statement
        elif isinstance(statement, ast.Assign):
            found[statement.targets[0].id] = statement
    return {name: node for name, node in found.items() if not name.startswith("_")}


def check_equal(what, described, real):
    assert described == real, f"{what}: only one of the two has {sorted(described ^ real)}"


def check_class(name, described, real):
    members = names_of(described)
    if name == "Scheduler":  # attributes of its objects
        members = {n: node for n, node in members.items() if isinstance(node, ast.FunctionDef)}
    if issubclass(real, int):
        values = {n: ast.literal_eval(node.value) for n, node in members.items()}
        assert values == {member.name: member.value for member in real}, name
    elif name != "Error":
        check_equal(name, set(members), {n for n in dir(real) if not n.startswith("_")})
    for n, node in members.items():
        if isinstance(node, ast.FunctionDef) and callable(getattr(real, n)):
            assert getattr(real, n).__doc__, f"{name}.{n}: no text"


class Names(batsched.Scheduler):
    def on_job_submitted(self, job):
        stub = ast.parse(pathlib.Path(self.config["description"]).read_text())
        described = names_of(stub)
        del described["Hosts"]  # a type for parameters
        check_equal("batsched", set(described),
                    {name for name in dir(batsched) if not name.startswith("_")})
        for name, node in described.items():
            check_class(name, node, getattr(batsched, name))
        self.sim.reject_job(job)
        print("checked")
