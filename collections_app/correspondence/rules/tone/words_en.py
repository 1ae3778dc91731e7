"""How English says what a rule has to know. How lists are written stands in ``lists``."""

from collections_app.correspondence.rules.tone import ordinary, phrases_en
from collections_app.correspondence.rules.tone.lists import Cue, Words
from collections_app.correspondence.rules.tone.shapes import Action

ENGLISH = Words(
    phrases=phrases_en.ENGLISH,
    cues={
        Cue.DUE: "due | payable | was to be paid | were to be paid",
        Cue.WAY_TO_PAY: r"""
            bank transfer | (?:by|via|the|your|a) transfer | transfer (?:it|the|this|to|£|€|\$) ?\w*
            | (?:the )?accounts? (?:is |are )?(?:the one |named |given )?on the invoice | iban | sort code
            | account number | bank details | bank account | payment details
            | details (?:are |shown |given )?(?:on|at the (?:foot|bottom) of) (?:the|each|your
            |our) (?:invoices?|attached|page|statement) | direct debit
            | pay(?:ment)? (?:online|link|portal|page) | (?:by|with a?) ?card | cheque | bacs | chaps | sepa
            | wire(?: transfer)? | standing order | into our account | to our account
            | (?:ach|wire|bank|transfer|sepa|account|remittance) (?:details|instructions|information)
            | accounts?[^.!?]{0,30} (?:on|at|in) (?:the|each|your|our|every) (?:invoices?|letter|statement
            |page) | (?:card|phone|telephone|online) payments?
            | (?:link|qr code|details|portal) (?:on|in) (?:the|each|your|our) (?:invoices?|portal)
            | (?:pay|settle)\w* (?:it |them |this )?(?:by (?:phone|telephone|card|transfer|wire|post)
            |online) | (?:make|send|arrange)\w* (?:a|the|your) (?:transfer|wire) | to the usual account
        """,
        Cue.NEW_BANK: r"""
            (?:new|changed|updated|different|other) (?:bank (?:details|account)|iban
            |account (?:number|details))
            | (?:bank (?:details|account)|account details|iban) (?:have|has|had|were
            |was) (?:recently |just |now )?(?:been )?(?:changed|updated|moved|replaced)
        """,
        Cue.DOOR: r"""
            already (?:been )?(?:paid|sent|settled|on its way) | (?:have|has) (?:just |since )?paid
            | paid (?:it |this )?(?:already|in the meantime)
            | (?:not|isn't|aren't|is not) (?:quite )?(?:right|as it should be|as agreed|clear)
            | (?:is|looks?|seems?|be|went) wrong | (?:not|isn't) correct | incorrect | questions?
            | quer(?:y|ies) | disagree
            | if (?:something|anything|there is|there's|it|you (?:see|need|would|have|think
            |prefer|are missing)) | anything (?:you need|else|unclear|missing|we can) | help | crossed
            | (?:prevents?|stops|holds up|delays|in the way of|holding up) (?:the )?(?:payment|you)
            | difficult(?:y|ies)? | agree (?:on )?a plan | wrong (?:person|address)
            | talk (?:it|this) (?:through|over) | happy to (?:talk|explain|send) | glad to
            | (?:if|should|any) (?:[^.!?]|\.(?=\d)){0,140}\b(?:tell|call|ring|phone|write|ask|contact|reach
            |let (?:me|us) know|say so|shout|i want to (?:know|hear)|i'd like to (?:know|hear))
            | (?:if|should) (?:[^.!?]|\.(?=\d)){0,140}\b(?:i|we)(?:'ll| will| can|'d) (?:\w+ly |then |also
            |be able to |have (?:it|that) |be glad to )*(?:correct|change|reissue|swap|sort|send|resend|get
            |find|look|help|fix|check|come|explain|adjust|amend|credit|corrected|arrange|do)\w*
            | (?:call|ring|phone|write to|contact|reach|speak to) (?:me|us) [^.!?]{0,60}\b(?:if|with any
            |about anything|to (?:agree|talk|discuss|arrange))
            | (?:tell|ask|let) (?:me|us) (?:know )?(?:what|which|why)(?:'s| is| are| was| part| line| one)?
            | (?:ignore|disregard|forgive|overlook) (?:this|the|my|it)
            | (?:any|with) (?:trouble|problems?|doubts?) | something (?:stands|is|has)
            | (?:pay|paying) in (?:parts|instalments|two|three)
        """,
        Cue.ASK: r"""
            please(?! (?:find|note|see|be aware|accept|ignore|disregard)) | could you | can you
            | who (?:can|could) | would you | will you | may i ask | might you | we (?:ask|invite) you
            | we need | when (?:will|can|do|is|are|may) | which day
        """,
        Cue.ATTACHED: "attached | enclosed | attachments? | (?:i|we) (?:attach|enclose|have attached)",
        Cue.NOT_ATTACHED: "(?:not|nothing|isn't|aren't|without) (?:attached|enclosed|attachments?)",
        Cue.DISPUTED: r"""
            disput\w* | quer(?:y|ied|ies) | look(?:ing)? into | set(?:ting)? aside | not part of
            | leav(?:e|ing) (?:it |that |this )?out | contested | under (?:review|discussion|investigation)
            | clarif\w+ | checking | being checked | (?:not|isn't) included
            | (?:excludes?|except|apart from) | complaint | you (?:raised|questioned|reported)
        """,
        Cue.PROMISED: r"""
            promis\w* | agreed | as agreed | arranged | arrangement | instal\w* | (?:payment )?plan
            | you (?:told|said|confirmed|named|gave) | confirmed (?:for|by|payment) | expected on
            | scheduled
        """,
        Cue.CHARGE: r"""
            (?<!your\s)(?<!own\s)(?<!mutual\s)(?<!of\s)(?<!public\s)(?<!great\s)(?<!with\s)interest(?! in)
            | late[- ]?(?:payment )?(?:fees?|charges?|penalt(?:y|ies)) | compensation | penalt(?:y|ies)
            | surcharges? | reminder (?:fee|charge)
            | (?:admin(?:istration)?|administrative|handling|collection|recovery|processing
            |dunning) (?:fees?|charges?|costs?) | fixed sum | (?:fee|charge) of
        """,
        Cue.WILL_CHARGE: r"""
            (?:we|i)(?: (?!not\b|never\b)\w+|'ll|'ve){0,3} (?:charg(?:e|ed|ing)|add(?:ed|ing)?
            |appl(?:y|ied|ying)|claim(?:ed|ing)?|levy|levied|impose)
            | (?:will|has|have|is|are|shall) (?:now |also )?(?:been |be )?(?:charged|added
            |applied|levied|imposed|claimed) | (?:includes?|including|plus) | accru(?:es|ing|e)
            | you (?:now )?owe
        """,
        Cue.MAYBE: "may | might | could | can | reserve | entitled | entitles | allows? | would allow",
        Cue.WITHIN: r"""
            within (?:the next )?\w+ (?:working |business )?(?:days?|weeks?)
            | in the next \w+ (?:working |business )?(?:days?|weeks?)
            | (?:by|before|until) the end of (?:the|this|next) (?:week|month|day) | tomorrow | this week
            | next week | today | by (?:close of business|noon)
        """,
        Cue.REPLY: r"""
            repl(?:y|ying) to (?:this|me|us) | (?:just|simply) reply
            | answer (?:to )?this (?:e-?mail|message|letter)
        """,
        Cue.OURS: r"""
            (?:i|we)(?:'ll| will| shall| can|'d| would)
            | (?:will|can|to|and) (?:send|check|correct|look|call|help|sort|ask|arrange|reply|answer)
        """,
        Cue.BY: r"""
            (?:by|before|until|no later than|not later than|on or before) (?:the )?\d{1,2}(?:st|nd|rd
            |th)? (?:of )?[a-z]{3,}
            | (?:by|before|until|no later than|not later than
            |on or before) (?:the )?(?:[a-z]+ )?\d{1,2}(?:st|nd|rd|th|[./-]\d{1,2}\S*)?
            | (?:by|before|until) \d{4}-\d{2}-\d{2}
            | (?:by|before|until|no later than) (?:(?:mon|tues|wednes|thurs|fri)day|tomorrow|noon
            |month[- ]end) | (?:by|before) the end of (?:the|this|next) (?:week|month|day)
        """,
        Cue.IF: "if | whether | should you | in case | unless",
        Cue.SIGN_OFF: r"""
            (?:kind|best|warm|many|with kind|with best) (?:regards|wishes|thanks)
            | yours (?:sincerely|faithfully|truly) | sincerely | regards | best wishes
        """,
        Cue.PROTOCOL: "information sheet | reply form | financial statement",
        Cue.THIRTY_DAYS: "30 days | thirty days | 30 calendar days",
        Cue.INVOICE: "invoices? | inv | document",
        Cue.NEGATIVE: r"""
            not | no | never | none | nothing | nobody | neither | nor | cannot | \w+n't | unable | without
        """,
        Cue.MUST: "must | have to | has to | required to | obliged to | need to",
        Cue.PASSIVE: r"""
            (?:is|are|was|were|be|been|being) (?:\w+ly |not |yet |now |also |still )*(?:\w+ed
            |paid|sent|made|given|taken|held|found|written|done|set|shown|put|met|kept)
        """,
    },
    actions={
        Action.AGENCY: r"""
            (?:collections?|recovery) (?:agency|agents?|firm) | debt (?:collect(?:ors?|ion)|recovery)
            | (?:to|with) (?:an?|our|the) (?:external )?(?:agency|collectors?)
        """,
        Action.COURT: r"""
            legal (?:action|proceedings|steps?|claim) | court(?: (?:action|claim|proceedings))?
            | proceedings | statutory demand | solicitors? | lawyers? | attorneys? | claim form
            | winding[- ]up
        """,
        Action.HOLD: r"""
            (?:stop|suspend|pause|hold(?: back)?|withhold|halt|cease|block|freeze)(?:ping|ing
            |s)? (?:all |any |further |new |your |the |our |open |future |on )*(?:deliver(?:y
            |ies|ing)|suppl(?:y|ies|ying)|orders?|shipments?|shipping|services?|accounts?|goods)
            | on (?:credit )?hold | on stop | credit stop | close your account | cash in advance
            | only (?:deliver|supply) against
        """,
    },
    greetings="dear | hello | hi | hey | good (?:morning|afternoon|day|evening) | to",
    needs_name="dear",
    several=r"""
        all | team | colleagues? | everyone | both | there
        | (?:the )?(?:accounts?|finance|accounting|purchasing|credit
        |payables?) ?(?:payable )?(?:team|department|office|colleagues?)? | again | friends?
    """,
    impersonal=r"""
        sirs?(?: or madam|/madam| and madam|, madam)? | madam
        | (?:valued |esteemed |respected )?(?:customers?|clients?|buyer|account holder
        |business partner|supplier|partner) | whom it may concern | ladies and gentlemen | gentlemen
        | debtor | payer
    """,
    titles="mr mrs ms miss mx dr prof sir dame lady lord",
    months=(
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    weekdays="(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    own=r"""
        the and you your we our please of with this that have has been could would are was invoice payment
        by for
    """,
    ordinary=ordinary.ENGLISH,
)
