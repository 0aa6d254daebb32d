from faubourg.questionnaires.models.answers import Response, Tally
from faubourg.questionnaires.models.paper import Batch, Typing
from faubourg.questionnaires.models.questionnaires import Derogation, Form, Questionnaire

__all__ = ["Batch", "Derogation", "Form", "Questionnaire", "Response", "Tally", "Typing"]
