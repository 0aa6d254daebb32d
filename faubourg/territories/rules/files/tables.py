"""CSV lists as people have them: BOM, cp1252, `;` `,` or tab, ="01053", cells on several lines."""

import csv
import re
from io import StringIO

from faubourg.territories.rules.files.layers import Feature, FileRefused, Layer

WRAPPED = re.compile(r'^="?(.*?)"?$', re.S)


def read_table(name: str, content: bytes) -> Layer:
    """Rows under the first line. Raise FileRefused with every line that does not fit the header."""
    text = _text(content)
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [cell.strip() for cell in next(reader, [])]
        features, problems = [], []
        for row in reader:
            line = f"ligne {reader.line_num}"
            cells = [WRAPPED.sub(r"\1", cell.strip()) for cell in row]
            if not any(cells):
                continue
            if any(cells[len(columns) :]) or len(cells) < len([name for name in columns if name]):
                problems.append(f"{line} : {len(cells)} colonnes, l'en-tête en a {len(columns)}.")
                continue
            features.append(Feature(line, {c: v for c, v in zip(columns, cells, strict=False) if c}))
    except csv.Error:
        raise FileRefused(
            f"ligne {reader.line_num} : elle ne se lit pas, un guillemet n'est pas fermé."
        ) from None
    if problems:
        raise FileRefused(*problems)
    return Layer(name, [column for column in columns if column], features)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
