"""What is better not written in English, by rule, and what to write instead."""

from collections_app.correspondence.rules.tone.lists import Phrases
from collections_app.correspondence.rules.tone.phrases_en_warned import WARNED

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
            | (?:hear|letter|call|visit|notice) from (?:our|my|the) (?:legal|law) \w+
            | (?:courtroom|magistrates?|tribunal|high court|writ|summons|subpoena)
            | (?:money|default|monetary) (?:claim|judge?ment)s?(?: online)?
            | (?:enforce|recover|pursue|collect)\w* (?:\w+ ){0,4}(?:legally|formally|by law)
            | (?:credit|default) (?:register|registry|blacklist)
            | (?:hand|pass|give|send|transfer|refer)\w* (?:\w+ ){0,4}to (?:our |the |a )?(?:collectors?
            |recoveries|recovery team)
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
            | (?:the )?(?:other |whole |entire |your )+(?:suppliers|customers|competitors|neighbours|trade
            |industry|market|sector|town) (?:to |will |would |might |should |could |can |all |soon
            )*(?:hear|hears|know|knows|learn|learns|talk|talks|talking|notice|find out|finds out|see who
            |see how)
            | (?:everyone|everybody) (?:in [^.!?]{1,30} )?(?:to |will |would |should |can )*(?:see|know
            |hear|learn) (?:who|how|that) (?:you|pays|your|doesn't|is)
            | word (?:will |would |soon |quickly |does )*(?:get|gets|travels?|spreads?)(?: \w+)?
            | (?:post|posting|write|writing|publish|publishing|share|sharing|tweet)(?: \w+){0,4} (?:on|to
            |in) (?:linkedin|facebook|twitter|instagram|google|social media|trustpilot|the internet
            |the (?:local |trade )?press|the newspaper)
            | (?:bad|negative|honest) (?:google |online )?reviews?
            | (?:not|never|won't|doesn't) end (?:well|nicely|happily) | end (?:badly|in tears)
            | (?:we|i) (?:all |do |both )?know where (?:you|your|to find you)
            | (?:come|turn|drop|pop)(?: \w+){0,2} (?:round|by|over|up)(?: \w+){0,4} (?:if nothing|unless
            |until|and wait|and sit|to collect it|in person)
            | (?:we|i|two of (?:us|my colleagues)|(?:my|our) (?:boys|lads|men|guys))(?:'ll| will) (?:turn
            up|come round|come over|stand|camp|sit|be standing|be sitting)
            | (?:pay|paying) you a (?:little |personal )?visit | sleep easy
            | you(?:'ll| will) (?:be sorry|wish you) | you(?:'d| had) better
            | (?:take|taking) (?:the )?gloves off
            | (?:we|i) can also (?:be|do|act|get) (?:different|differently|otherwise|nasty|difficult)
            | (?:nasty|unpleasant|ugly) (?:surprise|turn)s? | don't come crying
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
            | (?:not|isn't|aren't|(?:are|is|were|am) (?:we|i)) (?:an? )(?:interest-free |free )?(?:bank(?!
            holiday| working| account| transfer| day| detail)|charity|lender|building society|credit union
            |piggy bank|cash machine) | interest-free (?:loan|credit|overdraft)
            | thank(?:s| you)(?: so| very)?(?: much)? for (?:your|the|all (?:your|the)) (?:\w+ )?(?:silence
            |lack|non-)\w* | let me guess
            | (?:snails?|tortoises?|telepath\w*|crystal ball|time machine|abacus|carrier pigeons?)
            | (?:perhaps|maybe|has|is) (?:your|the) (?:company |office )?(?:cheque ?book|calendar
            |calculator|bank account|printer|computer|keyboard|pen) (?:\w+ )?(?:on (?:holiday|strike
            |vacation)|asleep|stopped|broken) | once in a blue moon
            | (?:in|during) (?:our|my|your|this) lifetime | before (?:we|i) (?:retire|all retire|grow old)
            | (?:nice|lovely|charming|great|good) of you to (?:finally|at last|eventually|bother)
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
            | you (?:never|always) \w+ | you keep \w+ing | you broke | broke your (?:promise|word)
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
            | (?:you|your \w+)(?: clearly| obviously| plainly| apparently)? (?:have|had|has|show|showed
            |shows) (?:no|little|zero|not the slightest|absolutely no) (?:real )?(?:intention|intent|desire
            |wish|respect)
            | (?:don't|do not|didn't|never) (?:intend|intended|mean|meant|plan|planned|want
            |wanted)(?: \w+)? to pay | not (?:going|planning|intending) to pay
            | you(?:'re| are| were| seem| appear)(?: \w+)? (?:hiding|playing|taking us|stringing
            |trying to (?:avoid|get out|wriggle|dodge)|pretending|lying|holding (?:us|it) back|withholding
            |dishonest)
            | you (?:lied|misled|deceived|dodged|ducked|sat on|let this|let it|left us|left it|broke
            |went back on|strung) | (?:play|playing|played) (?:games|for time) | deliberate(?:ly)?
            | your (?:poor|bad|sloppy|chaotic) \w+
            | (?:your|this) (?:\w+ )?(?:silence|indifference|stalling|delaying tactics|inaction)
        """,
        "“We haven't received an answer to our messages, so I may have the wrong address.”",
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
            | (?:the|your|a|messy|recent) (?:divorce|miscarriage) | your separation
            | on (?:\w+ )?(?:medication|antidepressants|sick pay|parole)
            | (?:about|going|set) to (?:fold|collapse|go bust|go under|go broke|close down)
            | (?:off|out|home) (?:sick|with (?:stress|depression|burnout))
            | (?:driver|competitor|neighbour|friend|former employee|little bird
            |supplier) (?:of yours )?(?:told|tells|mentioned|says|said|hinted)[^.!?]{0,60}(?:bust|broke
            |trouble|bankrupt|insolvent|laid off|laying off|struggling|divorc\w*|drinking|go under)
            | as an? (?:foreign|immigrant|religious|muslim|jewish) \w+
            | as a (?:single )?(?:mother|father|woman)
        """,
        "Leave personal matters out; if they explain a delay, talk about them on the telephone.",
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
            | (?:have|take) a look (?:at|in) our (?:\w+ )?(?:web ?shop|shop|range|offers?|catalogue|store)
            | (?:pre-?order|sign up|register|book) (?:now|today) | half price
            | (?:two|three|2|3) for (?:one|two|the price|1|2)
        """,
        "Leave it out: a reminder that sells something is advertising. Send it another time.",
    ),
    **WARNED,
}
