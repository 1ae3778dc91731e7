"""What English words are only warned of: haste, labels, guilt, words that come too early, jargon."""

from collections_app.correspondence.rules.tone.lists import Phrases

WARNED = {
    "T07": Phrases(
        r"""
            immediate(?:ly)? | urgent(?:ly)? | asap | a\.s\.a\.p\.? | as soon as possible | at once
            | without (?:any |further |more |undue |additional )*delay | right away | right now
            | straight ?away | instantly
            | by return | with immediate effect | without fail | today at the latest | this instant
            | right this | drop everything | without any more delay | time is running out
            | as (?:soon|quickly|fast) as (?:humanly |you )(?:possible|possibly can|can)
            | (?:quick|quickly|fast|prompt|promptly),? please | pronto
            | (?:high|top|utmost|highest) (?:urgency|priority)
            | (?:no|not a) (?:time|day|minute|moment|hour) to (?:lose|waste)
            | this very (?:day|minute|moment|hour) | hurry up | the sooner the better
        """,
        "“by Friday 26 March”: a day is clearer than haste.",
    ),
    "T08": Phrases(
        r"""
            debtors? | delinquen(?:t|ts|cy) | defaulters?
            | (?:bad|late|slow|poor|habitual|serial|chronic|repeat|unreliable
            |notorious) (?:late )?(?:payers?|offenders?)
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
            | mouths? to feed
            | (?:we|i)(?:'d|'ve| had| have| would have)? (?:\w+ )?(?:expected|hoped for|deserved?) (?:far
            |so much |much |rather )?(?:better|more)
            | (?:put|puts|putting|leaves?|leaving|left) (?:us|me) (?:\w+ ){0,3}(?:difficulty|difficulties
            |trouble|danger) | after (?:so many|all these) years
            | (?:we|i|my (?:boss|family|team)) (?:will |may |might |could )?(?:lose|risk|risking) (?:my|our
            |their) (?:jobs?|homes?|business) | (?:keep|keeps|kept) (?:me|us) awake
        """,
        "Leave feelings out: “We haven't yet received …”.",
    ),
    "T14": Phrases(
        r"""
            overdue | past due | late payment | remind(?:er|ers|ing|ed|s)? | arrears | unpaid
            | outstanding debt | in default
        """,
        "“is due on …”: it is not due yet.",
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
