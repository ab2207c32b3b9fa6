"""/practice: declarations, cards, accounts, companies and calendars, as a practising person sets them up."""

from __future__ import annotations

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from yuyue_desktop.wire.messages import CompanyBody, company_body
from yuyue_practice import officer
from yuyue_practice.card_desk import PreparedCard, prepare_card
from yuyue_practice.control.access import by_token
from yuyue_practice.control.messages import (
    CardBody,
    CardChoice,
    CompanyChange,
    DayChange,
    DeclarationBody,
    FittingDeclaration,
    NewCard,
)
from yuyue_practice.document import REFUSALS
from yuyue_practice.models import DeclarationRow
from yuyue_practice.office import Office
from yuyue_practice.records import applications
from yuyue_practice.registry import accounts, companies, declarations, ports


class PracticeRegisterController(Controller):
    """What customs knows beforehand."""

    path = "/practice"
    tags = ("practice",)
    guards = (by_token,)

    @get("/declarations", sync_to_thread=True, responses=REFUSALS)
    def declarations(self, office: NamedDependency[Office]) -> list[DeclarationBody]:
        """Every declaration on the register, newest first."""
        with office.database.reading() as session:
            return [_declaration(row) for row in declarations.all_declarations(session)]

    @post("/declarations", sync_to_thread=True, responses=REFUSALS)
    def add_declaration(self, office: NamedDependency[Office], data: JSONBody[DeclarationBody]) -> DeclarationBody:
        """Put a declaration on the register."""
        with office.database.writing() as session:
            row = DeclarationRow(**{name: getattr(data, name) for name in data.__struct_fields__})
            declarations.add_declaration(session, row)
        return data

    @post("/declarations/fitting", sync_to_thread=True, responses=REFUSALS)
    def add_fitting(self, office: NamedDependency[Office], data: JSONBody[FittingDeclaration]) -> DeclarationBody:
        """Make a declaration that fits an application in all that is compared (S30)."""
        with office.database.writing() as session:
            found = officer.find_by_number(session, data.fit)
            declared_at = found.declared_at or found.saved_at
            return _declaration(declarations.fitting_declaration(session, applications.content(found), declared_at))

    @get("/cards", sync_to_thread=True, responses=REFUSALS)
    def cards(self, office: NamedDependency[Office]) -> list[CardBody]:
        """Every practice card."""
        return [_card(PreparedCard.of(card)) for card in office.cards.cards()]

    @post("/cards", sync_to_thread=True, responses=REFUSALS)
    def new_card(self, office: NamedDependency[Office], data: JSONBody[NewCard]) -> CardBody:
        """Make a card, make it known, bind the account to it; the first one goes into the reader."""
        wish = {name: getattr(data, name) for name in data.__struct_fields__}
        return _card(prepare_card(office, **wish))

    @put("/reader", sync_to_thread=True, responses=REFUSALS)
    def put_card_in(self, office: NamedDependency[Office], data: JSONBody[CardChoice]) -> CardChoice:
        """Put a card into the reader, or take it out."""
        office.reader.put_in(office.cards, data.number)
        return data

    @put("/accounts/{user:str}/card", sync_to_thread=True, responses=REFUSALS)
    def bind(self, office: NamedDependency[Office], user: FromPath[str], data: JSONBody[CardChoice]) -> CardChoice:
        """Bind an account to a card of its company, or to none."""
        with office.database.writing() as session:
            accounts.bind_card(session, user, data.number)
        return data

    @put("/companies/{customs_code:str}", sync_to_thread=True, responses=REFUSALS)
    def change_company(
        self, office: NamedDependency[Office], customs_code: FromPath[str], data: JSONBody[CompanyChange]
    ) -> CompanyBody:
        """Change a company's credit level or registration from today on."""
        today = office.clock.now().date()
        with office.database.writing() as session:
            companies.change_company(session, customs_code, today, data.level, data.is_registered)
            return company_body(companies.company(session, customs_code, today))

    @put("/ports/{code:str}/days", sync_to_thread=True, responses=REFUSALS)
    def change_day(self, office: NamedDependency[Office], code: FromPath[str], data: JSONBody[DayChange]) -> DayChange:
        """Let a port work otherwise on a day."""
        with office.database.writing() as session:
            ports.set_day(session, code, data.day, data.hours)
        return data


def _declaration(row: DeclarationRow) -> DeclarationBody:
    return DeclarationBody(**{name: getattr(row, name) for name in DeclarationBody.__struct_fields__})


def _card(card: PreparedCard) -> CardBody:
    return CardBody(card.number, card.pin, card.module, dict(card.environment))
