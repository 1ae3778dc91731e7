"""What each role may do. One table; every button and every verb asks it."""

from enum import StrEnum


class Role(StrEnum):
    """The four kinds of people who sign in."""

    COLLECTOR = "collector"
    MANAGER = "manager"
    SALES = "sales"
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """What somebody may be allowed to do."""

    WORK_CUSTOMERS = "work customers"
    CORRECT_COLLEAGUES = "take back what a colleague logged today"
    SEE_WHOLE_COMPANY = "see every customer of their companies"
    ANSWER_DISPUTES = "answer disputes that are with them or their desk"
    LIFT_GRAVE_BLOCKS = "let reminders go on where lawyers or an insolvency stopped them"
    EDIT_DISPUTE_REASONS = "edit the reasons of disputes"
    IMPORT_LEDGER = "import a ledger"
    READ_LETTERS = "read the letters that customers get"
    EDIT_LETTERS = "edit letters and the letterhead"
    APPROVE_REMINDERS = "approve reminders to customers they work"
    APPROVE_FINAL_NOTICES = "approve final notices, and what a manager signs"
    CHARGE_INTEREST = "charge interest for late payment, and waive it"
    APPROVE_WRITE_OFFS = "approve or refuse write-offs that somebody else proposed, up to their limit"
    EDIT_WRITE_OFF_REASONS = "edit the reasons of write-offs"
    EDIT_WRITE_OFF_TERMS = "set who approves write-offs up to which sum"
    TELL_INSURER = "tell the credit insurer of what is overdue"
    SIGN_INSURER_LIST = "sign off what the credit insurer was told on a day"
    EDIT_INSURANCE = "set up the policy of a credit insurer and who is insured"
    EDIT_PROCEDURES = "edit procedures of reminders"
    ASK_RELEASE = "ask for the release of an order on hold"
    RELEASE_ORDERS = "release orders on hold, and hold customers' orders by hand"
    EDIT_HOLD_RULES = "edit the rules that hold orders"
    EDIT_SEGMENTS = "edit segments, chase rules and portfolios"
    RUN_NIGHT = "run the night's stages again"
    PAUSE_SENDING = "pause and resume the sending of messages"
    MANAGE_COMPANIES = "set up companies"
    MANAGE_USERS = "set up users and teams"
    CONNECT_SYSTEMS = "connect other systems"
    ERASE_PEOPLE = "tell what is held about a person, erase contacts, and place legal holds"


MAY: dict[Role, frozenset[Deed]] = {
    # A file moves the whole ledger, and a collector answers for a part of it.
    Role.COLLECTOR: frozenset(
        {
            Deed.WORK_CUSTOMERS,
            Deed.ANSWER_DISPUTES,
            Deed.APPROVE_REMINDERS,
            Deed.READ_LETTERS,
            Deed.ASK_RELEASE,
            Deed.TELL_INSURER,
        }
    ),
    Role.MANAGER: frozenset(
        {
            Deed.WORK_CUSTOMERS,
            Deed.CORRECT_COLLEAGUES,
            Deed.ANSWER_DISPUTES,
            Deed.LIFT_GRAVE_BLOCKS,
            Deed.EDIT_DISPUTE_REASONS,
            Deed.SEE_WHOLE_COMPANY,
            Deed.IMPORT_LEDGER,
            Deed.READ_LETTERS,
            Deed.EDIT_LETTERS,
            Deed.APPROVE_REMINDERS,
            Deed.APPROVE_FINAL_NOTICES,
            Deed.CHARGE_INTEREST,
            Deed.APPROVE_WRITE_OFFS,
            Deed.EDIT_WRITE_OFF_REASONS,
            Deed.EDIT_WRITE_OFF_TERMS,
            Deed.TELL_INSURER,
            Deed.SIGN_INSURER_LIST,
            Deed.EDIT_INSURANCE,
            Deed.EDIT_PROCEDURES,
            Deed.ASK_RELEASE,
            Deed.RELEASE_ORDERS,
            Deed.EDIT_HOLD_RULES,
            Deed.EDIT_SEGMENTS,
            Deed.RUN_NIGHT,
            Deed.PAUSE_SENDING,
        }
    ),
    # Also for colleagues of other desks, who answer what is asked of them.
    Role.SALES: frozenset({Deed.ANSWER_DISPUTES, Deed.ASK_RELEASE}),
    Role.ADMINISTRATOR: frozenset(
        {
            Deed.EDIT_DISPUTE_REASONS,
            Deed.SEE_WHOLE_COMPANY,
            Deed.IMPORT_LEDGER,
            Deed.READ_LETTERS,
            Deed.EDIT_LETTERS,
            Deed.EDIT_WRITE_OFF_REASONS,
            Deed.EDIT_WRITE_OFF_TERMS,
            Deed.EDIT_INSURANCE,
            Deed.EDIT_PROCEDURES,
            Deed.EDIT_HOLD_RULES,
            Deed.EDIT_SEGMENTS,
            Deed.RUN_NIGHT,
            Deed.PAUSE_SENDING,
            Deed.MANAGE_COMPANIES,
            Deed.MANAGE_USERS,
            Deed.CONNECT_SYSTEMS,
            Deed.ERASE_PEOPLE,
        }
    ),
}


def may(role: str, deed: Deed) -> bool:
    """Whether people of ``role`` may do ``deed``. An unknown role may do nothing."""
    return role in MAY and deed in MAY[Role(role)]
