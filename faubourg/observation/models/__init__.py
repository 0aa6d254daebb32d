"""Observation du territoire : ce qui est compté, les chiffres, les équipements, les fiches annuelles."""

from faubourg.observation.models.equipment import Equipment
from faubourg.observation.models.figures import Datum, FigureCheck, Statistic, StatisticsFile
from faubourg.observation.models.notes import ObservationNote

__all__ = ["Datum", "Equipment", "FigureCheck", "ObservationNote", "Statistic", "StatisticsFile"]
