import factory
from factory.django import DjangoModelFactory

from faubourg.territories.models import Commune, Department, Epci, Neighbourhood, Region


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "76"
    name = "Occitanie"


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = "30"
    name = "Gard"
    region = factory.SubFactory(RegionFactory)


class EpciFactory(DjangoModelFactory):
    class Meta:
        model = Epci

    siren = factory.Sequence("2000{:05d}".format)
    name = factory.Sequence("CC {}".format)
    department = factory.SubFactory(DepartmentFactory)


class CommuneFactory(DjangoModelFactory):
    class Meta:
        model = Commune

    insee_code = factory.Sequence("30{:03d}".format)
    name = factory.Sequence("Commune {}".format)
    department = factory.SubFactory(DepartmentFactory)
    epci = factory.SubFactory(EpciFactory)


class NeighbourhoodFactory(DjangoModelFactory):
    class Meta:
        model = Neighbourhood

    kind = "qpv"
    code = factory.Sequence("QN030{:02d}M".format)
    name = factory.Sequence("Quartier {}".format)
