"""A YAML file as plain text values, each with its line, so that a message points at the right place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

BIGGEST_FILE = 2_000_000
NULL = "tag:yaml.org,2002:null"
Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class FileProblem:
    """What is wrong, where: « ligne 42 : priorites › 2 › objectifs › 1 : … »."""

    line: int
    place: str
    sentence: str

    def __str__(self) -> str:
        where = f"ligne {self.line} : " if self.line else ""
        return f"{where}{self.place} : {self.sentence}" if self.place else f"{where}{self.sentence}"


class FileRefused(Exception):
    """The file cannot be loaded; every reason at once, in the order of its lines. Nothing was written."""

    def __init__(self, problems: list[FileProblem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass
class Tree:
    """The values of the file, all text, and the line of each place."""

    values: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)

    def problem(self, place: Place, sentence: str) -> FileProblem:
        """A problem at the line of this place, or of the nearest place that holds it."""
        known = place
        while known not in self.lines and known:
            known = known[:-1]
        return FileProblem(self.lines.get(known, 1), in_words(place), sentence)

    def leaves(self, *pattern: str) -> Iterator[tuple[Place, str]]:
        """Each text value whose place fits; "*" stands for any item of a list."""
        yield from _leaves(self.values, pattern, ())


def _leaves(value: Any, pattern: tuple[str, ...], place: Place) -> Iterator[tuple[Place, str]]:
    if not pattern:
        if isinstance(value, str):
            yield place, value.strip()
    elif pattern[0] == "*":
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from _leaves(item, pattern[1:], (*place, number))
    elif isinstance(value, dict) and pattern[0] in value:
        yield from _leaves(value[pattern[0]], pattern[1:], (*place, pattern[0]))


def in_words(place: Place) -> str:
    """priorites › 2 › objectifs › 1: items are counted from 1, as people do."""
    return " › ".join(str(step + 1) if isinstance(step, int) else step for step in place)


def read_tree(path: Path) -> Tree:
    """The whole file, or FileRefused when it isn't readable text or YAML."""
    try:
        content = path.read_bytes()
    except OSError:
        raise _refused(0, f"le fichier « {path} » n'existe pas ou ne peut pas être lu.") from None
    if len(content) > BIGGEST_FILE:
        raise _refused(0, "le fichier dépasse 2 Mo : ce n'est sans doute pas le bon.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        raise _refused(line, "le fichier n'est pas en UTF-8 : enregistrez-le avec cet encodage.") from None
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, RecursionError) as problem:
        raise _not_yaml(problem) from None
    tree = Tree()
    tree.values = _value(node, (), tree, set())
    return tree


def _value(node: Node | None, place: Place, tree: Tree, seen: set[int]) -> Any:
    if node is None:
        return None
    tree.lines.setdefault(place, node.start_mark.line + 1)
    if id(node) in seen:
        tree.problems.append(
            tree.problem(place, "les renvois YAML (& et *) ne sont pas acceptés : recopiez.")
        )
        return None
    seen.add(id(node))
    if isinstance(node, MappingNode):
        return _mapping(node, place, tree, seen)
    if isinstance(node, SequenceNode):
        return [_value(item, (*place, number), tree, seen) for number, item in enumerate(node.value)]
    assert isinstance(node, ScalarNode)  # noqa: S101  (YAML has no fourth kind of node)
    return None if node.tag == NULL or not node.value.strip() else node.value


def _mapping(node: MappingNode, place: Place, tree: Tree, seen: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*place, key)
        if key in values:
            line = key_node.start_mark.line + 1
            sentence = f"« {key} » est écrit deux fois, déjà ligne {tree.lines[here]}."
            tree.problems.append(FileProblem(line, in_words(here), sentence))
            continue
        tree.lines[here] = key_node.start_mark.line + 1
        values[key] = _value(value_node, here, tree, seen)
    return values


def _refused(line: int, sentence: str) -> FileRefused:
    return FileRefused([FileProblem(line, "", sentence)])


def _not_yaml(problem: Exception) -> FileRefused:
    if not isinstance(problem, MarkedYAMLError):
        return _refused(0, "le fichier n'est pas du YAML lisible.")
    mark = problem.problem_mark or problem.context_mark
    said = str(problem.problem)
    if "\\t" in said:
        reason = "une tabulation : remplacez-la par des espaces."
    elif "mapping values are not allowed" in said:
        reason = "un deux-points de trop : mettez le texte entre guillemets."
    elif "expected <block end>" in said or "did not find" in said or "could not find expected" in said:
        reason = "le décalage du début de ligne ou les guillemets sont à vérifier, ici ou juste au-dessus."
    else:
        reason = "vérifiez les deux-points, les tirets, les guillemets et le décalage du début de ligne."
    return _refused(mark.line + 1 if mark else 0, f"ce n'est pas du YAML : {reason}")
