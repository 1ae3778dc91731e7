"""What is better not written in English, by rule, and what to write instead."""

from collections_app.correspondence.rules.tone.lists import Phrases

ENGLISH = {
    "T01": Phrases(
        r"""
            legal (?:action|proceedings|steps?|measures|department|team|advis[eo]rs?|remed(?:y
            |ies)|route|process|claim|means|redress|representatives?|counsel|options) | county courts?
            | court (?:action|claim|proceedings|order|judge?ment)s?
            | (?<!food\s)(?<!tennis\s)(?<!squash\s)(?<!sports\s)(?<!padel\s)courts?(?! ?(?:house|yard))
            | sue you | sue your \w+ | will sue | suing | lawsuits? | litigation | litigate | solicitors?
            | lawyers? | attorneys? | barristers? | bailiffs? | sheriffs?
            | enforcement (?:agents?|officers?|action) | statutory demand
            | winding[- ]up(?: (?:petition|order))? | wind up your \w+
            | (?:insolvency|bankruptcy) (?:petition|proceedings) | make you bankrupt
            | debt collect(?:ors?|ion)(?: agency)?
            | debt recovery(?: (?:agency|agents?|firm|company|specialists?))?
            | (?:collections?|recovery) (?:agency|agencies|agents?|firm)
            | (?:third[- ]party|external|outside) (?:collectors?|collections?|agency|agents?)
            | (?:to|with) (?:an|our|the) agency | ccj | judge?ment against | letter before (?:action|claim)
            | proceedings | prosecut(?:e|ed|ion) | repossess\w* | small claims | judicial
            | (?:advice from|legal|our|instruct) counsel | recovery (?:action|proceedings)
            | credit (?:reference |rating )?(?:agency|agencies|bureaus?)
            | legal (?:letter|notice|costs|fees|follow-up)
        """,
        "Leave it out at this stage; ask what is missing and by when they can pay.",
    ),
    "T02": Phrases(
        r"""
            or else | you(?:'ll| will| may| might) (?:live to )?regret | nam(?:e|ing) and sham(?:e|ing)
            | (?:last|final|one last) chance | last warning | final warning
            | (?:we|i) (?:will|shall|would|may) (?:be|feel) forced | (?:be|are|am) forced to
            | (?:leave|leaves|leaving|left) (?:us|me) (?:with )?no (?:choice|option|alternative)
            | (?:have|with) no (?:choice|option|alternative) but | (?:will|shall|would) not hesitate
            | won't hesitate | (?:serious|severe|dire|grave|unpleasant|further) consequences
            | (?:face|suffer|bear) the consequences | you have been warned | you've been warned | be warned
            | pay up | pay now or | pay or | at your peril | blacklist(?:ed|ing)? | black list
            | ruin your \w+ | destroy your \w+ | damage (?:to )?your (?:reputation|credit rating|name)
            | tell (?:all )?(?:your|the whole|everyone|everybody) (?:customers|suppliers
            |competitors|industry|trade|market|town) | everyone will know | everybody will know
            | report you to | make sure (?:that )?(?:everyone|everybody|nobody|no one)
            | (?:come|send someone|send somebody) (?:round )?to your (?:office|premises|door|house|home)
            | we know where you | don't make (?:us|me) | don't test (?:us|me|our)
            | (?:we|i) will make (?:you|sure you) | sorry you (?:ever|did)
            | (?:you|this) will (?:cost|hurt) you | teach you a lesson | no more mr nice guy
            | whatever it takes | all means necessary | by any means
            | things (?:will|could|may) get (?:ugly|nasty|worse|unpleasant)
            | no other (?:choice|option|alternative|way) | force (?:our|my) hand
            | (?:force|forces|forcing|oblige|compel|compels) (?:us|me) to
            | there will be (?:trouble|consequences|hell|a price)
            | (?:they|everyone|everybody|people|others|your (?:suppliers|customers|clients
            |competitors|bank|partners)|the (?:industry|market|trade)) will (?:all |soon )?(?:hear
            |know|find out|learn|be told|read) (?:about|of) | find out about this
            | find out what (?:happens|comes) next
            | (?:don't|do not) say (?:that )?(?:we|i|you were) (?:didn't|did not|not)? ?warn(?:ed)?
            | you(?:'ll| will) (?:soon )?(?:see|find out) what | we(?:'ll| will) see to it
            | make (?:life|things|it) (?:very )?(?:difficult|hard|unpleasant|uncomfortable)
            | before it(?:'s| is) too late | while you still can | mark my words | we mean business
            | last time (?:we|i) (?:ask|write|will)\w* | run out of options | suffer (?:for|the)
            | pay the price | you(?:'ll| will) pay for
        """,
        "Say calmly what you ask for, by when, and how to reach you.",
    ),
    "T03": Phrases(
        r"""
            (?:i'm|i am|we're|we are) sure (?:that )?you(?:'re| are) (?:very|too|so|terribly
            |extremely|far too)? ?busy | you must be (?:very|too|so|terribly|extremely) busy
            | (?:how|it can't be that) hard (?:can it be|is it|it is) | it can't be that (?:hard|difficult)
            | yet again | funny how | funny that | strange how | how strange that
            | (?:no doubt|doubtless|i bet|we bet|surely) you(?:'ll| will)? (?:have|find
            |come up with|be) (?:another|some|a|yet another|too busy)\w*
            | as if (?:you|we|i) (?:didn't|did not|hadn't|had not|had nothing|have nothing|were
            |was|care|cared|believe|couldn't|needed|need|don't|do not) | as if by magic | as if!
            | surprise,? surprise | what a surprise | to nobody's surprise | how convenient
            | how nice for you | must be nice | thanks? (?:you )?for nothing
            | (?:can't|cannot|unable to|able to|can you) read(?: a calendar)? | even a child
            | (?:not|hardly|isn't) rocket science
            | do (?:we|i) (?:really )?(?:need|have) to (?:draw|spell|remind you how)
            | (?:not |don't |won't )?hold(?:ing)? (?:my|our) breath | as per my (?:last|previous)
            | (?:the|your) dog ate | wonders never cease | call me old[- ]fashioned | silly (?:me|us)
            | forgive me for expecting | allegedly | so-called
            | (?:we|i) (?:just )?(?:love|adore|enjoy) (?:chasing|waiting|being ignored)
            | in your infinite wisdom
            | perhaps (?:your|the) (?:calendar|calculator|bank) (?:is|has) (?:broken|stopped)
            | if it's not too much trouble
            | ["“](?:lost|forgot|forgotten|missing|busy|mistake|error|oversight|accident
            |in the post|delayed|holiday|technical)["”]
            | (?:obviously|apparently|evidently|clearly|presumably|seemingly),? (?:you (?:think
            |believe|have better|do not|don't|can't|cannot|prefer|forgot)|paying|payment is not
            |reading|answering|nobody|no one|it is too|it's too)
            | (?:not|hardly|isn't|never) (?:a|your|much of a|high on your)? ?priority (?:for
            |with|at|list|to) ?you\w* | in the (?:post|mail) again
            | surely (?:a (?:company|firm|business)|you (?:can|could|must|are|know)|even|someone
            |somebody|it is not|it isn't)
            | (?:really|truly|honestly) (?:so|that|too) (?:difficult|hard|complicated|much)
            | too much (?:to ask|trouble|effort|work) (?:of|for)? ?(?:you)? | too much to ask
            | too (?:complicated|difficult|hard|busy) for you | i guess you | when you finally
            | dare (?:we|i) (?:ask|hope) | kindly explain to us how
        """,
        "Leave it out, or say only what has and has not arrived.",
    ),
    "T04": Phrases(
        r"""
            you(?:'ve| have)?(?: again| once again| simply| repeatedly| clearly| deliberately
            | also)? (?:failed|refused|ignored|neglected|forgot(?:ten)?|disregarded)
            | you (?:did not|didn't|have not|haven't) (?:even )?(?:bother(?:ed)?|care|cared)
            | (?:your|this) (?:continued |repeated )?(?:failure|refusal|neglect|negligence)
            | your (?:fault|mistake|carelessness|incompetence|bad faith|poor (?:organisation|payment))
            | (?:no|another|more|your|any|lame|poor|weak) excuses? | excuses | inexcusable | unacceptable
            | not acceptable | disgrace(?:ful)? | irresponsible | unprofessional | dishonest | careless
            | you (?:never|always|keep) \w+ | you broke | broke your (?:promise|word)
            | broken (?:your )?(?:promises?|word) | shame on | shameful | ashamed | (?:are|is) to blame
            | incompetent | lazy | once again,? you | you still (?:haven't|have not)
            | (?:despite|in spite of) (?:our |my )?(?:repeated|numerous|several|many|countless
            |multiple) (?:reminders|requests|emails|calls|attempts) | time and (?:time )?again
            | for the (?:third|fourth|fifth|umpteenth|hundredth) time | how many times
            | (?:your|this) (?:behaviou?r|conduct|attitude) | you should (?:know better|have paid)
            | (?:you|who) cannot be trusted | in breach | outrageous | appalling | ridiculous
            | (?:did not|didn't|have not|haven't|do not|don't) (?:keep|kept|honou?r(?:ed)?|stick
            |stuck) (?:to )?your (?:word|promises?|side|agreements?)
            | you (?:are|were|have been|keep) (?:still |simply |just |clearly |deliberately )?(?:ignoring
            |refusing|failing|avoiding|neglecting|delaying|dodging|stalling)
            | the (?:third|fourth|fifth|umpteenth) time (?:that )?(?:we|i)
            | lack of (?:respect|response|courtesy|professionalism|responsibility|cooperation|interest)
            | you (?:must|should) have known | you(?:'ve| have) had (?:plenty|enough|more than)
            | no reason (?:whatsoever )?(?:not to|for not) | you owe us an (?:explanation|apology)
            | poor payment | bad payment | your payment (?:morale|record|behaviou?r|history)
            | wasted? (?:our|my) time | chas(?:e|ing) you
        """,
        "“We haven't received an answer to our messages, so I may have the wrong address.”",
    ),
    "T07": Phrases(
        r"""
            immediate(?:ly)? | urgent(?:ly)? | asap | a\.s\.a\.p\.? | as soon as possible | at once
            | without (?:any |further )?delay | right away | right now | straight ?away | instantly
            | by return | with immediate effect | without fail | today at the latest | this instant
            | right this | drop everything | without any more delay | time is running out
        """,
        "“by Friday 26 March”: a day is clearer than haste.",
    ),
    "T08": Phrases(
        r"""
            debtors? | delinquen(?:t|ts|cy) | defaulters? | (?:bad|late|slow|poor|habitual) payers?
            | non-?payers? | deadbeats? | bad debts? | problem (?:customers?|accounts?) | freeloaders?
        """,
        "Use the name of the company or of the person.",
    ),
    "T09": Phrases(
        r"""
            (?:very |deeply |extremely |really |so )?disappoint(?:ed|ing|ment)
            | after (?:all|everything) (?:that )?(?:we|we've|i|i've|our company) \w+ | after everything
            | our (?:own )?(?:staff|staff's|employees|employees'|workers|people)(?:'s)? (?:wages
            |salaries|families|jobs|pay)
            | (?:pay|paying) our (?:own )?(?:staff|people|employees|workers|bills|suppliers|wages|rent)
            | we trusted you | we expected better | how would you (?:feel|like) | put yourself in our
            | let(?:ting)? us down | betray(?:ed|al)? | sadden(?:ed|s) | heartbroken
            | (?:very |so )?(?:hurt|upset|hurtful) (?:by|that|to) | bent over backwards
            | feed (?:our|my) famil\w+
            | (?:we|i)(?:'ve| have)? been (?:more than |very |extremely )?(?:patient|generous
            |lenient|understanding) | (?:our|my) patience | out of patience
            | our small (?:business|firm|company) (?:depends|suffers|cannot) | taken advantage of
            | our goodwill
            | (?:feel|feeling|felt) (?:very |really )?(?:let down|hurt|insulted|used|betrayed|cheated)
            | small family | (?:we|i) have always (?:treated|helped|supported) you | sleepless
            | our livelihood
        """,
        "Leave feelings out: “We haven't yet received …”.",
    ),
    "T10": Phrases(
        r"""
            (?:your|his|her|their) (?:illness|sickness|health|surgery|operation|divorce
            |pregnancy|religion|faith|nationality|wife|husband|children|kids|marriage|mental \w+
            |medical \w+|diagnosis|disease|disability|accent|ethnicity|skin|passport|bereavement
            |drinking|depression)
            | (?:been|being|are|is|were|was|fell|fallen|off) (?:seriously |so |very )?(?:ill
            |sick|pregnant|depressed) | sick leave | sick note | maternity leave | cancer | heart attack
            | nervous breakdown | in hospital | hospitali[sz]ed | burn-?out | ramadan | muslims? | jewish
            | catholics? | hindus? | people from your country | your country(?:men)? | where you come from
            | you people | foreigners?
            | (?:we|i)(?:'ve| have)? (?:hear|heard|been told|read) (?:rumou?rs
            |that you are (?:going|nearly|close)|you are (?:going|nearly|broke|bankrupt
            |insolvent)).{0,40} | rumou?rs?(?: (?:that|about|of|has it).{0,40})?
            | (?:going|about to go|nearly|almost|probably) (?:bust|bankrupt|under|broke
            |insolvent|out of business)
            | (?:cannot|can't|could not|couldn't) (?:even )?pay (?:your|their) (?:own )?(?:staff
            |employees|rent|wages|bills) | word on the street | people (?:say|are saying) (?:that )?you
            | death in (?:your|the) family | passed away | funeral
            | family (?:problems?|matters?|situation|circumstances)
            | (?:that|because|since|as|think|heard|know|understand) (?:that )?(?:you
            |your (?:company|firm|business)) (?:are|is|have|has|were|seems?|must be|may be
            |might be) .{0,25}(?:(?:financial|cash[- ]?flow|liquidity|money) (?:difficult(?:y
            |ies)|problems?|troubles?)|insolven\w+|bankrupt\w*|struggling)
            | your (?:financial|cash[- ]?flow|liquidity|money) (?:difficult(?:y|ies)|problems?|troubles?)
            | (?:close to|on the brink of|near|facing|verge of) (?:insolvency|bankruptcy|collapse|ruin)
            | word has it | (?:we|i) heard (?:from|in) (?:the (?:market|trade)|others|a competitor)
            | your (?:husband|mother|father|son|daughter|baby|private life|age|gender|sexuality
            |politics|political \w+|trade union)
            | (?:wife|husband|child|son|daughter|mother|father) (?:is|was|has been|being) (?:ill
            |sick|unwell|in) | drinking problem | nervous (?:breakdown|condition)
        """,
        "Leave personal matters out; if they explain a delay, talk about them on the telephone.",
    ),
    "T14": Phrases(
        r"""
            overdue | past due | late payment | remind(?:er|ers|ing|ed|s)? | arrears | unpaid
            | outstanding debt | in default
        """,
        "“is due on …”: it is not due yet.",
    ),
    "S07": Phrases(
        r"""
            special (?:offer|deal|price|promotion)s?
            | (?:limited|exclusive|great|summer|winter|spring|autumn|current|introductory) (?:time )?offers?
            | (?:our|the) (?:new|latest) (?:product |spring |summer |autumn |winter )?(?:collection
            |catalogue|catalog|range|brochure|products?)
            | discounts? on (?:your next|your|new|all|our|any|everything|the new)
            | \d+ ?(?:%|per ?cent) (?:off|discount on) | save (?:up to )?\d+ ?% | buy (?:now|one|two|three)
            | subscribe | newsletter | vouchers? | promo(?:tion)?s? | promotional | promo(?:tion)? code
            | check out our | visit our (?:new )?(?:web ?shop|online shop|store|showroom|stand)
            | black friday | upgrade (?:now|today|to our) | free (?:trial|gift|shipping|delivery)
            | while stocks? lasts? | now available in our | order (?:now|today) and | don't miss
            | bestsellers? | refer a friend | loyalty (?:points|programme|program) | trade fair
            | you may also like | why not (?:try|order|buy)
            | (?:book|request|schedule|get) (?:a|your) (?:free )?(?:demo|trial|consultation|sample|quote)
            | premium (?:service|plan|package|range|membership)
            | (?:our|the) (?:new|latest) (?:\w+ )?(?:collection|catalogue|catalog|range|brochure
            |services?|features?|app) | new arrivals? | great deals? | bargains? | stock clearance
            | clearance sale | sale (?:now )?on | top offers? | join our (?:webinar|event|mailing|club)\w*
            | win a | follow us on
        """,
        "Leave it out: a reminder that sells something is advertising. Send it another time.",
    ),
    "R02": Phrases(
        r"""
            remit | remitted | remitting | aforementioned | aforesaid | above-mentioned
            | herein(?:after|before)? | hereby | hereto(?:fore)? | herewith | thereof | therein | thereto
            | whereas | wherein | (?:outstanding )?indebtedness | without prejudice | pursuant(?: to)?
            | notwithstanding | forthwith | inter alia | ipso facto | the undersigned
            | (?:please|kindly) be advised | at your earliest convenience | monies | in lieu of | duly
            | in respect of | said (?:sum|amount|invoice) | liquidate | effectuate | endeavou?r | prior to
            | kindly do the needful | failing which
        """,
        "Say it plainly: “pay”, “this”, “before”.",
    ),
}
