"""The declarative base and the columns that many tables share."""

from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    DateTime,
    Identity,
    Interval,
    MetaData,
    Text,
    func,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

RowId = Annotated[int, mapped_column(BigInteger, Identity(always=True), primary_key=True)]
Moment = Annotated[datetime, mapped_column(DateTime(timezone=True))]


class SearchWords(TypeDecorator[list[str]]):
    """Words by whose beginnings a row is found, written as a list; the server's own dictionaries are not asked."""

    impl = TSVECTOR
    cache_ok = True

    def bind_expression(self, bindparam: BindParameter[list[str]]) -> ColumnElement[Any]:
        """Return the words as the server keeps them."""
        return func.array_to_tsvector(type_coerce(bindparam, ARRAY(Text)))


class Base(DeclarativeBase):
    """Base of all tables; constraint names are set from the first migration on."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        timedelta: Interval(native=True),
        dict[str, Any]: JSONB,
        list[str]: JSONB,
    }
