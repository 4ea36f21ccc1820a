"""The words of vague ideas, nobody's ideas, ideas that need money or permission, and ideas in the map."""

import re

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")


def spelled(text: str) -> str:
    """Return typed text as the rules read it: small letters, one space between words, plain apostrophes."""
    return " ".join(text.casefold().replace("’", "'").split())


def stem(word: str) -> str:
    """Return a word without its ending, so that ``knocks`` and ``knocking`` are the same word."""
    endings = {"ies": "y", "ied": "y", "ings": "", "ing": "", "ed": "", "es": "", "s": ""}
    for ending, instead in endings.items():
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("ss"):
            word = word[: -len(ending)] + instead
            break
    word = word.removesuffix("e") if len(word) > 3 else word
    return word[:-1] if len(word) > 2 and word[-1] == word[-2] else word


def words(text: str) -> frozenset[str]:
    """Return words that stand apart."""
    return frozenset(text.split())


def stems(text: str) -> frozenset[str]:
    """Return the stems of words that stand apart."""
    return frozenset(stem(word) for word in text.split())


def _forms(verbs: str) -> str:
    """Return a pattern for verbs in all their forms: improve, improves, improved, improving."""
    return "|".join(
        f"{verb[:-1]}(?:e|es|ed|ing)" if verb.endswith("e") else f"{verb}(?:s|ed|ing)?"
        for verb in verbs.split()
    )


def _rule(lines: str, **lists: str) -> re.Pattern[str]:
    """Return one pattern out of lines of whole words; ``<name>`` stands for a list of words."""
    for name, listed in lists.items():
        lines = lines.replace(f"<{name}>", f"(?:{listed})")
    return re.compile("|".join(rf"\b(?:{line.strip()})\b" for line in lines.strip().splitlines()))


# what can be seen or heard happening
SEEN = stems(
    "add announce answer ask bring brought carry chat choose clean close collect cook count cover dance"
    " display draw dress drink eat eaten fetch fill fold gave give given greet hand hang hold hung"
    " introduce invite join knock label lay leave left lend light list lock move name offer open paint"
    " phone pick pin play post pour press print pull push put rang read record remove ring rung said sat"
    " say send sent serve show shown shut sing sit smile spoken stand stick swap sweep switch taken tell"
    " thank tick tidy told turn unlock visit wait wake walk wash wave wear wipe write written"
)
BEFORE_A_THING = words(
    "a about after an and around any at before better consider considering during each enhance enhancing"
    " every for from good healthy her his improve improved improving in into its less more my no of on our"
    " promote promoting reduce reducing review reviewing support supporting that the their these this"
    " those with your"
)
"""After one of these a word is a thing and not something that is done."""
TELLING = words("how what when where whether which who why")
"""What follows one of these is not done but thought about."""
NUMBERS = words(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty noon midday monday"
    " tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays"
    " saturdays sundays"
)

# where a new thing to do begins, so that “the support worker” is no support
_TO = (
    r"^|[.;:!?,] |(?:to|should|must|can|could|will|we|and|or|please|just|always|also|all|staff|team"
    r"|everyone|everybody|people|stop|start|keep|continue|really|by|not|about) "
)
VAGUE = _rule(
    r"""
    <to><vague>
    <to>rais(?:e|ing) (?:\w+ )?(?:awareness|standards|morale|the profile|the bar)
    <to>(?:be|being|become|becoming|get|getting|feel) (?:a (?:bit|lot|little) |much )?<quality>
    <together> (?:with \w+ |much |a lot ){0,2}<well>
    work(?:ing)? (?:more )?(?:as (?:a|one) team|closely|harder|smarter)
    look(?:ing)? into
    look(?:ing)? at (?:how|ways|why|whether|improv\w+|our|the (?:way|whole|process|system|options?))
    <to>try(?:ing)? (?:to|and|harder|our best)
    <to>do(?:ing)? (?:\w+ )?(?:better|our best)
    mak(?:e|ing) (?:\w+ ){1,3}(?:better|nicer|easier|smoother|more|a priority)
    <to>mak(?:e|ing) sure
    <to>think(?:ing)? (?:more |carefully |harder ){0,2}(?:about|of|how)
    <to>(?:focus|focusing|work|working|concentrate|reflect) (?:more )?on
    <to><giving> (?:people |patients |them )?<degree> <matter>
    ^(?:much |a lot )?<degree> <matter>
    ^(?:much )?(?:better|nicer|smoother) \w+
    ^(?:\w+ )?<matter>$
    better (?:communication|teamwork|handovers?|support|care|information)
    """,
    to=_TO,
    vague=_forms(
        "improve enhance optimise strengthen prioritise embed maximise minimise streamline facilitate"
        " empower foster ensure encourage support promote review consider explore address develop champion"
        " embrace boost reduce increase manage monitor nurture rethink revisit respect value involve engage"
    ),
    together=_forms("communicate listen talk work liaise collaborate care"),
    giving=_forms("pay give show have provide offer use"),
    degree="more|better|greater|less|good|fewer|increased|improved",
    well="more|better|properly|well|clearly|effectively|openly|together|honestly|respectfully|nicely",
    quality="more|less|better|kind|nice|respectful|mindful|aware|proactive|consistent|positive|friendly"
    "|supportive|flexible|considerate|understanding|professional|polite|careful|honest|helpful|kinder"
    "|nicer|calmer|quieter|clearer|friendlier|warmer|gentler|quicker|faster|stricter|safer|tidier"
    "|available|visible|present|welcoming|approachable|patient|inclusive",
    matter="communication|awareness|respect|kindness|support|understanding|information|involvement"
    "|consistency|structure|teamwork|empathy|compassion|privacy|dignity|choice|activity|activities"
    "|listening|patience|care|attention|transparency|honesty|engagement|noise|paperwork|stress|waiting"
    "|variety|flexibility|openness|independence|interaction|fun|training",
)

NOBODY = _rule(
    r"""
    <new><which>{0,3}<group> <often>{0,2}<must>
    <new><anybody>(?: else)?(?: please)? <can>
    <new>(?:could|can|will|would) <anybody>
    <new><plain>{1,6}<must> <often>?be (?!(?:there|here|on|in|at)\b)[\w-]+\b(?!.{0,60}\bby (?:the|a|me|us)\b)
    <new>(?:really )?(?:need to|needs to|needs|should|must|ought to|got to)
    <new>get (?:<anybody>|them|people|everyone|everybody|staff|management) to
    mak(?:e|ing) sure (?:that )?(?:<anybody>|they|people|everyone|everybody|all staff|staff)
    it would be (?:good|nice|great|better|helpful|lovely) (?:if|to|for)
    <anybody>(?: else)?(?:'s job| should| needs to| ought| must| has to)
    why (?:can't|don't|doesn't) (?:<group>|<anybody>)
    """,
    new="^|[.;:!?] |, (?:and |but |so )?|^(?:and|but|so|maybe|perhaps|i think|i feel|i wish)(?: that)? ",
    which="(?:all|every|the|our|other|most|more|day|night|bank|ward|senior|agency|hospital|nursing|medical) ",
    group="they|we|you|it|this|that|there|things|others|people|everyone|everybody|anyone|anybody|someone"
    "|somebody|(?:someone|somebody) else|nobody|no one|one of us|each of us|staff|team|nurses|doctors"
    "|hcas|carers|families|patients|colleagues|consultants|managers|management|trust|ward|hospital|board"
    "|government|nhs|service|admin|kitchen|catering|estates|pharmacy",
    often="(?:all|not|really|also|always|just|definitely|probably|still|never|both) ",
    anybody="someone|somebody|anyone|anybody|no one|nobody",
    can="to|could|can|might|will|would|has to|needs",
    must="should|shouldn't|need to|needs to|must|mustn't|ought|ought to|have to|has to|have got to|could"
    " do with|could really|had better|needs? (?:a|the|more|some)",
    # a sentence of its own, not something that is to be asked, said or written
    plain=r"(?!(?:what|how|where|when|who|whom|which|if|whether|that|why|ask|tell|say|show|list|write"
    r"|explain|give|put|read|agree|decide|check|asking|telling|saying|showing)\b)[\w'-]+ ",
)

MONEY = _rule(
    r"""
    (?<!they )(?<!people )(?<!patients )(?<!visitors )(?<!to )(?:buy|buys|buying)\b(?! (?:their|his|her)\b)
    (?:need|want|like|money|enough|able|have|us) to buy\b(?! (?:their|his|her)\b)
    bought|purchas(?:e|ed|es|ing)
    fund(?:s|ed|ing)?\b(?!.?raising)|budgets?|hir(?:e|es|ing|ed)|recruit\w*
    employ(?:s|ing)?|overtime|refurb\w*|redecorat\w+|renovat\w+|rebuild\w*|extension|sound ?proof\w*
    install(?:ed|ing|s|ation)?|upgrad(?:e|es|ed|ing)|invest(?:s|ing)?|investments?
    grants?|salar(?:y|ies)
    costs? (?:money|a lot|lots|too much)|(?:cover|meet|share|fund) the costs?
    pay rises?|subscriptions?|sponsorship|business case
    <extra> (?:\w+ ){0,2}<people>\b(?! (?:to|who|sit|join|know|eat|in the room))
    enough <people>
    <have> (?:some |more |the )?new (?:staff|nurses?|doctors?|posts?|hcas?)
    ^new (?:staff|nurses?|posts?|hcas?)(?:$| (?:for|on|at)\b)
    extra (?:hours|shifts?|pay)
    (?:new|more|better|extra|special|sensory|gym|exercise|specialist|modern|proper) (?:\w+ )?equipment
    ^equipment
    (?:an|the|new|better|one) (?:it|computer|electronic|digital) (?:system|programme|record)
    it systems?
    (?:develop|build|design|create|make|get|have|need|want) an? (?:\w+ ){0,2}app
    (?:^|<have> )(?:us |some |a |an |two |three |the )?(?:brand[- ])?new (?:[\w-]+ )?<costly>
    ^get (?:us )?(?:an?|some|two|three) (?:[\w-]+ )?<costly>
    (?:replace|convert|extend|build)(?:ing)? (?:(?:the|all|our|old|a|an|both|every) ){0,3}(?:[\w-]+ )?<costly>
    (?:pay|paying|paid|money|cash|sponsors?|charity) for\b(?! (?:their|his|her) own)
    paid (?:time|role|post|work|peer|carer|patient|hours|staff)
    """,
    extra="more|extra|additional|another|enough|permanent|full[- ]time|part[- ]time|dedicated|a second"
    "|one more",
    people="staff|nurses?|hcas?|doctors?|consultants?|psychologists?|therapists?|pharmacists?|ots?"
    "|dieti[ct]ians?|physios?|cleaners?|porters?|workers?|posts?|hours|money|cash|funds|resources?|beds"
    "|computers?|rooms|space|equipment|kit|receptionists?|clerks?|co-?ordinators?|assistants?"
    "|practitioners?|chefs?",
    have="get|getting|need|needs|want|have|having|order|provide|put in|fit|build|supply|give us|bring in"
    "|find|for|with|through",
    costly="chairs?|armchairs?|sofas?|furniture|beds|mattress(?:es)?|carpets?|curtains|blinds|tvs?"
    "|televisions?|kitchen|bathrooms?|showers?|garden|lifts?|van|minibus|car|windows|flooring|fridges?"
    "|machines?|dryers?|computers?|laptops?|ipads?|phones|printers?|scanners?|unit|building|lounge|posts?"
    "|systems?|software|website|lighting|boiler|air conditioning|uniforms?|lockers?|trolleys?|monitors?"
    "|screens?|gym",
)

PERMISSION = _rule(
    r"""
    approv(?:al|ed|es?|ing)|authoris\w+|ethics committee|business case|exemptions?|dispensation|waivers?
    sign(?:ed|s|ing)?[- ]off\b(?! (?:the|their|each|a|every|my|his|her)\b)
    <change> (?:[\w-]+ ){0,4}polic(?:y|ies)
    policy (?:change|changes|review|update|decision)
    (?:new|different|against|trust) (?:[\w-]+ )?policy\b(?! (?:in plain|on one|out))
    <need> (?:the )?(?:[\w-]+ ){0,2}permission\b(?! (?:before|from (?:the |each |every )?<person>))
    permission (?:from|of) <above>
    <ask> <above> (?:[\w-]+ ){0,2}?(?:to |for |if |whether )?<allow>
    ^<above> to <allow>
    (?:agreement|consent|authority|backing|go ahead|green light|okay|ok|blessing) (?:from|of|by) <above>
    (?:agreed|allowed|cleared|accepted|signed|passed|decided) by <above>
    (?:clear|cleared|agree|agreed|check|negotiate|take|raise) (?:it |this )?(?:with|up with|to) <above>
    national (?:policy|guidance|guidelines?|standards?|change|rules?|framework|law|contract|campaign|system)
    national (?:forms?|decision|level|audit|targets?|template|approach|body|leaders?|programme)
    nationally|nationwide|trust[- ]wide|across the (?:whole )?(?:trust|nhs|country|hospital)
    contracts? (?:change|changes|renewal)
    <change> (?:[\w-]+ ){0,3}contracts?
    <change> (?:\w+ ){0,2}(?:law|legislation|mental health act|rules?|regulations?|job descriptions?)
    <change> (?:\w+ ){0,2}shift (?:patterns?|times)
    (?:bend|lift|lifting|scrap) the (?:\w+ )?(?:rules?|bans?|restrictions?|limits?)
    (?:be|get|we are|we're|were) allowed|allow (?:us|staff|nurses|wards|the ward|hcas)
    """,
    change=_forms(
        "change update rewrite amend revise relax alter review scrap challenge adapt replace rework draft"
        " reform renegotiate end extend cancel renew"
    )
    + "|new",
    need="get|gets|getting|need|needs|needing|seek|seeking|obtain|require|requires|request|with|without"
    "|wait(?:ing)? for|have|gain",
    person="person|patient|people|family|carer",
    ask="ask|asking|get|getting|persuade|convince|lobby|petition|need|want|urge|push|beg|press|apply to"
    "|write to|go to|request",
    above="(?:the |our )?(?:[\\w-]+ ){0,2}(?:board|trust|management|managers|matrons?|directors?"
    "|directorate|executives?|infection control|infection prevention|estates|commissioners?|headquarters"
    "|council|government|ministry|finance|hr|human resources|legal|governance|it department|unions?"
    "|procurement|ethics|regulators?|cqc|department|committee|security|fire officer|health and safety|nhs"
    "|contractors?|landlords?)",
    allow="allow|let|approve|agree|change|accept|permit|sign|relax|lift|give us|reconsider|fund|extend"
    "|drop|waive|authorise|scrap|make an exception|say yes|back|if we|whether we|for (?:an? )?(?:ok|okay"
    "|go ahead|exception|agreement|change|permission|approval)",
)

# a step that says what somebody would like. What is asked, told or decided happens today, and so does most of
# what a person or a form “needs to”
ANSWER = _rule(
    r"""
    <new><plain>(?:(?<!, )should(?:n't)?|ought to|would help|could do with an?)
    <new><plain>(?:we|staff|nurses|doctors|midwives|someone|somebody|everyone) need(?:s)? to
    <new><plain>(?:could|needs? to) (?:\S+ ){0,4}<quicker>
    <new><plain>needs? to (?:know|start|stop|be (?:open|shut|told|asked|more|less))
    ^need to
    <new><plain>(?:could|would) be <nicer>
    <new><plain>it is better (?:if|to)
    <new><plain>(?:we|someone|somebody) could(?! be| not)
    <new><plain>we (?:need|want) (?:an?|some|more|new|better)
    ^(?:an? |much |some )?better(?! [\w-]+ (?:is|are|goes|go|gets|get|has|have)\b)
    ^(?!wait)[\w'-]+ instead
    ^<verb>(?!(?: \S+){0,2} (?:is|are)\b)(?: \S+)+? instead
    ^(?:could|can|why (?:don't|can't)) we
    ^(?:let's|ideally|in future|from now on|if only|what if|how about)
    ^no more \w+ing
    ^stop (?!(?:eat|drink|smok|tak|feed)ing)\w+ing
    """,
    new="^|[.;!?,] ",
    plain=r"(?:(?!(?:how|what|when|where|whether|which|who|why|if|that|as|than|though|because|told|said|says"
    r"|(?:ask|tell|explain|decide|agree|advise)(?:s|d|ed|ing)?)\b)[^\s.;:!?,]+ )*?",
    nicer="better|good|nice|nicer|great|lovely|<quicker>",
    quicker="quicker|faster|shorter|earlier|later|sooner|calmer|quieter|kinder|closer|nearer",
    verb="use|ask|tell|say|offer|bring|give|put|let|send|ring|phone|text|call|do|see|take|make|try|have"
    "|serve|hold|meet|walk|write|start|knock",
)
