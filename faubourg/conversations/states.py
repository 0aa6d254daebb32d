"""The roles of the GIP that follow the conversations of a contract."""

from faubourg.contracts.states import Role

TEAM = (Role.GIP_DIRECTOR, Role.GIP_OFFICER)
