"""What leaves the product: paper sheets, tables of answers, a codebook."""

from faubourg.questionnaires.exports.paper import bulletins_pdf
from faubourg.questionnaires.exports.results import answers_csv, answers_workbook, codebook
from faubourg.questionnaires.exports.xlsform import xlsform

__all__ = ["answers_csv", "answers_workbook", "bulletins_pdf", "codebook", "xlsform"]
