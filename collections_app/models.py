"""The register: imports every room's models so that Django finds them. Nothing else."""

from collections_app.activity.blankings import Blanking
from collections_app.activity.events import Event
from collections_app.activity.seals import Seal, Unsealed
from collections_app.behaviour.habits import HabitRound, PayHabit
from collections_app.behaviour.positions import Position
from collections_app.chase.claims import Claim
from collections_app.chase.entries import Entry
from collections_app.chase.regroupings import Regrouping
from collections_app.chase.snoozes import Skip, Snooze
from collections_app.chase.weights import Weight
from collections_app.contact.answer_links import AnswerLink
from collections_app.contact.commitment_rows import Commitment, CommitmentInvoice
from collections_app.contact.contact_logs import ContactLog, ContactLogInvoice
from collections_app.contact.dispute_amounts import DisputeAmount
from collections_app.contact.dispute_pauses import DisputePause
from collections_app.contact.dispute_reasons import DisputeReason
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import Promise, PromisedInvoice, PromiseInstalment
from collections_app.contact.request_rows import ColleagueRequest, RequestFile, RequestInvoice
from collections_app.contact.standing_notes import StandingNote
from collections_app.correspondence.attachments import Attachment
from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.correspondence.letterheads import Letterhead
from collections_app.correspondence.mail_paces import MailPace
from collections_app.correspondence.mailbox_bookmarks import MailboxBookmark
from collections_app.correspondence.mailbox_states import MailboxState
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_rows import ReceivedFile, ReceivedMessage, Unreadable
from collections_app.correspondence.sending_pauses import SendingPause
from collections_app.correspondence.stored_files import StoredContent, StoredFile
from collections_app.dunning.announcements import Announcement
from collections_app.dunning.blocks import Block
from collections_app.dunning.draft_rows import ReminderClimb, ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.interest_rows import InterestCharge, InterestExemption, InterestSetting
from collections_app.dunning.legal_forms import CustomerLegalForm
from collections_app.dunning.levels import LevelSwitch
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.reference_rates import ReferenceRate
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.expected_soon import ExpectedSoon
from collections_app.forecasting.forecast_customers import ForecastCustomer
from collections_app.forecasting.forecast_invoices import ForecastInvoice
from collections_app.forecasting.forecasts import Forecast, ForecastWeek
from collections_app.holds.customer_terms import CreditTerm, ForcedHold, HoldExclusion
from collections_app.holds.foreseen_rows import ForeseenHold
from collections_app.holds.hold_rows import Hold
from collections_app.holds.notice_rows import HoldNotice, HoldWatch
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rule_rows import HoldRuleVersion
from collections_app.insurance.insurance_rows import (
    InsurancePolicy,
    InsuredLimit,
    InsurerNotice,
    InsurerNoticeLine,
    InsurerSignOff,
)
from collections_app.intake.batches import Batch, FilePart, RowProblem
from collections_app.intake.profiles import Profile
from collections_app.jobs.stage_parts import StageDivision, StagePart
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.bookmarks import Bookmark
from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.ledger.invoices import Correction, Invoice
from collections_app.ledger.payments import Payment
from collections_app.ledger.postings import Posting
from collections_app.ledger.proof_rounds import ProofRound
from collections_app.people.second_factors import RecoveryCode, SecondFactor
from collections_app.people.second_step_pauses import SecondStepPause
from collections_app.people.sessions import Session
from collections_app.people.teams import Team, TeamMember
from collections_app.people.users import User
from collections_app.privacy.erasures import Erasure
from collections_app.privacy.legal_holds import LegalHold
from collections_app.privacy.retention import RetentionRun
from collections_app.reports.cash_targets import CashTarget
from collections_app.reports.part_rows import CustomerPart, PartBasis
from collections_app.reports.placements import Placement
from collections_app.reports.report_editions import ReportCopy, ReportEdition
from collections_app.reports.report_mailings import ReportMailing, ReportReader
from collections_app.reports.saved_views import SavedView
from collections_app.reports.snapshot_rows import CustomerSum, Snapshot, SnapshotLine
from collections_app.segmentation.assignment_changes import AssignmentChange
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.covers import Cover
from collections_app.segmentation.hand_over_rows import HandedCustomer, HandOver
from collections_app.segmentation.portfolio_rows import Portfolio
from collections_app.segmentation.segments import Segment
from collections_app.segmentation.versions import SegmentVersion
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.kept_answers import KeptAnswer
from collections_app.systems.system_rows import System, SystemCompany, SystemToken
from collections_app.write_offs.terms import WriteOffLimit, WriteOffTerms
from collections_app.write_offs.write_off_reasons import WriteOffReason
from collections_app.write_offs.write_off_rows import WriteOff, WriteOffApproval, WriteOffLine

__all__ = [
    "Allocation",
    "Announcement",
    "AnswerLink",
    "Assignment",
    "AssignmentChange",
    "Attachment",
    "Batch",
    "Blanking",
    "Block",
    "Bookmark",
    "CashTarget",
    "Claim",
    "ColleagueRequest",
    "Commitment",
    "CommitmentInvoice",
    "Company",
    "Contact",
    "ContactLog",
    "ContactLogInvoice",
    "Correction",
    "Cover",
    "CreditTerm",
    "Customer",
    "CustomerLegalForm",
    "CustomerPart",
    "CustomerSum",
    "Delivery",
    "Dispute",
    "DisputeAmount",
    "DisputePause",
    "DisputeReason",
    "Endpoint",
    "Entry",
    "Erasure",
    "Event",
    "ExchangeRate",
    "ExpectedPayment",
    "ExpectedSoon",
    "FilePart",
    "ForcedHold",
    "Forecast",
    "ForecastCustomer",
    "ForecastInvoice",
    "ForecastWeek",
    "ForeseenHold",
    "HabitRound",
    "HandOver",
    "HandedCustomer",
    "Hold",
    "HoldExclusion",
    "HoldNotice",
    "HoldRuleVersion",
    "HoldWatch",
    "InsurancePolicy",
    "InsuredLimit",
    "InsurerNotice",
    "InsurerNoticeLine",
    "InsurerSignOff",
    "InterestCharge",
    "InterestExemption",
    "InterestSetting",
    "Invoice",
    "InvoiceDocument",
    "KeptAnswer",
    "LegalHold",
    "LetterTemplate",
    "Letterhead",
    "LevelSwitch",
    "MailPace",
    "MailboxBookmark",
    "MailboxState",
    "Membership",
    "Message",
    "Order",
    "PartBasis",
    "PayHabit",
    "Payment",
    "Placement",
    "Portfolio",
    "Position",
    "Posting",
    "ProcedureVersion",
    "Profile",
    "Promise",
    "PromiseInstalment",
    "PromisedInvoice",
    "ProofRound",
    "ReceivedFile",
    "ReceivedMessage",
    "RecoveryCode",
    "ReferenceRate",
    "Regrouping",
    "Release",
    "ReminderClimb",
    "ReminderDraft",
    "ReminderDraftInvoice",
    "ReportCopy",
    "ReportEdition",
    "ReportMailing",
    "ReportReader",
    "RequestFile",
    "RequestInvoice",
    "RetentionRun",
    "RowProblem",
    "SavedView",
    "Seal",
    "SecondFactor",
    "SecondStepPause",
    "Segment",
    "SegmentVersion",
    "SendingPause",
    "Session",
    "Skip",
    "Snapshot",
    "SnapshotLine",
    "Snooze",
    "StageDivision",
    "StagePart",
    "StageRun",
    "StandingNote",
    "StoredContent",
    "StoredFile",
    "System",
    "SystemCompany",
    "SystemToken",
    "Team",
    "TeamMember",
    "Unreadable",
    "Unsealed",
    "User",
    "Weight",
    "WriteOff",
    "WriteOffApproval",
    "WriteOffLimit",
    "WriteOffLine",
    "WriteOffReason",
    "WriteOffTerms",
]
