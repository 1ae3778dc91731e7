"""Which fields of which tables may hold a person's data, and what becomes of it. Two tables; a test holds
them against every model, so that a new one is classed before it lands.

``WORDS``: texts in which a contact may be named. They are exported where they name them, and the name is
replaced on erasure. By table: the way to whom it is about, and its fields. ``KEPT``: what stays, with the
reason; a contact's data is not looked for in there.
"""

# The way from a row to what it is about: a customer, or a company for what is about no single customer.
WORDS: dict[str, tuple[str, str]] = {
    "activity_event": ("customer", "summary facts"),
    "announcement": ("customer", "because"),
    "chase_skip": ("customer", "reason"),
    "chase_snooze": ("customer", "reason"),
    "colleague_request": ("customer", "to_name to_email words answer"),
    "commitment": ("customer", "words"),
    "contact_log": ("customer", "spoke_with said"),
    "customer": ("pk", "address"),
    "dispute": ("customer", "said asked_for evidence answer conclusion"),
    "dispute_pause": ("dispute__customer", "asked_for"),
    "dunning_block": ("customer", "words"),
    "forced_hold": ("customer", "reason because"),
    "hand_over": ("company", "words"),
    "hold_exclusion": ("customer", "reason"),
    "hold_notice": ("customer", "sentence"),
    "hold_rule_version": ("customer", "note"),
    "import_row_problem": ("batch__company", "message"),
    "insurer_notice": ("customer", "words"),
    "interest_charge": ("customer", "reason because"),
    "interest_exemption": ("customer", "words"),
    "message": ("customer", "to_name to_address subject body body_html last_answer stops"),
    "order_release": ("customer", "reason words conditions because"),
    "promise": ("customer", "said_by because"),
    "received_message": ("customer", "from_name from_address subject words quoted failures refused_files"),
    "received_unreadable": ("company", "named sentence"),
    "reminder_draft": ("customer", "note subject body because said stops"),
    "sending_pause": ("company", "reason"),
    "standing_note": ("customer", "words"),
    "write_off": ("customer", "words in_spite_of decision taken_back_because hindrances"),
    "write_off_approval": ("write_off__customer", "words"),
}

# What is said of the person themself: exported, and replaced field by field on erasure.
CONTACT = "name role email phone language time_zone hours remarks"
COLLEAGUE = "username full_name email desk chase_columns"

KEPT: tuple[tuple[str, str], ...] = (
    (
        "The person themself, field by field, under their own heading.",
        f"contact: {CONTACT}; app_user: {COLLEAGUE}",
    ),
    (
        "A secret, or the digest of one: it opens something and tells of nobody.",
        "app_user: password; answer_link: secret_sha256; connected_system_token: sha256 hint; "
        "webhook_endpoint: salt; second_factor: name kind salt credential; recovery_code: digest",
    ),
    (
        "Books: who owed and paid what is kept by law, in the words of the accounts system.",
        "customer: number name search_key currency terms language country time_zone classification "
        "collector_code salesperson_code tax_number; invoice: number line reference currency terms; "
        "payment: number reference method currency; allocation: number currency; posting: source; "
        "customer_order: number currency exemption_class salesperson_code source; interest_charge: "
        "law currency lines; insurer_notice: reference; insurer_notice_line: kind; exchange_rate: "
        "currency source; reference_rate: reference; write_off: currency reason reason_label "
        "booked_as; promise: currency; dispute: currency; cash_target: currency; hold_exclusion: code "
        "currency; insured_limit: currency; reminder_draft_invoice: currency",
    ),
    (
        "Figures and codes of a decision, without which nobody could tell later why it was made.",
        "order_hold: decision newest_decision ended_figures; order_release: currency known; "
        "hold_rule_version: segment_code settings; chase_entry: currency other_currencies parts "
        "left_out left_out_facts next_step; expected_payment: currency facts; expected_soon: "
        "currency; forecast_customer: currency; forecast_invoice: currency; forecast_week: currency; "
        "customer_position: currency; report_customer_sum: currency; report_customer_part: name "
        "currency; report_part_basis: whole; report_snapshot: posted sums parts by_customer; "
        "report_snapshot_line: currency segment country; report_copy: why_not; "
        "hand_over: chosen passed portfolios; report_placement: segment country; reminder_draft: "
        "segment_code step_code template signer; dispute: reason desk; hold_notice: key; "
        "colleague_request: to_desk reason ended_as; activity_event: what; promise: said_by_role",
    ),
    (
        "How the product is set up: names of rules, letters and machines, and words for all customers.",
        "company: code name currency time_zone country subdivision weekend contact_hours "
        "second_factor_roles; team: name; portfolio: name rule; segment: code name rule; "
        "segment_version: note; procedure_version: segment_code steps note; "
        "letter_template: subject body html note; letterhead: address "
        "sender_name sender_address reply_to phone hours bank_details; dispute_reason: code label "
        "x12_code desk ask_for; write_off_reason: code label evidence; chase_weight: segment_code "
        "rule; insurance_policy: insurer policy_number; import_profile: name title mapping; "
        "report_view: name query; connected_system: name; webhook_endpoint: address; auth_group: "
        "name; auth_permission: name codename; django_content_type: app_label model",
    ),
    (
        "How the work in the background went; it names machines and files.",
        "stage_run: stage error; stage_division: stage given; stage_part: error told; "
        "regrouping: error; mail_pace: scope; mailbox_bookmark: folder; "
        "mailbox_state: problem; posting_bookmark: reader; import_batch: profile_name mapping "
        "file_name file_sha256 form_key step summary; import_row_problem: column code; "
        "received_message: key message_id language mailbox; received_unreadable: sha256; message: key "
        "reply_to language message_id in_reply_to references; webhook_delivery: body answer",
    ),
    (
        "It goes by itself, within hours, days or months: an import's file, an answer that a system may "
        "ask for again, where somebody was signed in.",
        "import_file_part: content; kept_answer: key question_sha256 content_type body; "
        "django_session: session_key session_data; signed_in_session: why_ended device address",
    ),
    (
        "Files: those that a person sent or was sent are told by name, and emptied on erasure; copies "
        "of invoices are books.",
        "stored_file: name sha256; stored_file_content: content",
    ),
    (
        "Proofs: digests of events, which tell nothing by themselves.",
        "activity_seal: fingerprint seal; activity_blanking: before after",
    ),
    (
        "That a person was erased or may not be, and why: without it nobody could show that it was done.",
        "privacy_erasure: reason counts; privacy_legal_hold: reason lifted_because; "
        "privacy_retention_run: counts",
    ),
)


def kept_fields() -> dict[tuple[str, str], str]:
    """The reason by table and field."""
    return {
        (table.strip(), field): reason
        for reason, listed in KEPT
        for table, _, fields in (entry.partition(":") for entry in listed.split(";"))
        for field in fields.split()
    }


def word_fields() -> dict[tuple[str, str], str]:
    """The way to whom it is about by table and field."""
    return {(table, field): way for table, (way, fields) in WORDS.items() for field in fields.split()}
