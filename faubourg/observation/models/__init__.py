"""Observation du territoire : ce qui est compté, les chiffres et les équipements."""

from faubourg.observation.models.equipment import Equipment
from faubourg.observation.models.figures import Datum, FigureCheck, Statistic, StatisticsFile

__all__ = ["Datum", "Equipment", "FigureCheck", "Statistic", "StatisticsFile"]
