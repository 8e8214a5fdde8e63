"""The whole life of a small fictional ledger, as lines typed at a terminal; every kind of answer comes up in it."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, NamedTuple

from ledger.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


#: A plan, several levels of sign-off, requests, hand edits.
PLANNED = """
# 2025-03-01
(nothing)
init 2025 --preset five-level --inspection inspection --title "Willow Town" --org "Willow Town Office" --lang en
init small --preset simple --lang en
use
use 2025
use
config
config --validate
list
check
(nothing)
import notice.txt --dry-run
import empty.txt --dry-run
import table.md --dry-run
import themes.txt --dry-run
figures notice.txt
figures figures.txt
figures figures.txt --exit-code
figures empty.txt
import empty.txt
import notice.txt --on 2025-02-27 --yes
import later.txt --dry-run
add "Papers are late" -m "Rewrite the rules" -m "Train the clerks" --category Conduct --unit Office --leader Lin --term phased --due 2025-06-15 --flag rebound_prone
add "Old debts" --unit Finance --leader Gu --due 2025年6月底前 --criterion "every debt is settled" --owner Yan
add "Never written" --dry-run
measure 4 -t "Check each debt" -t "Sue" --co-unit Office --continuing
measure 4 -t "Publish the accounts" --serves 3 --due +15wd --dry-run
measure 4 -t "Publish the accounts" --serves 3 --due +15wd
assign 1-2 --unit Planning --leader Shen --due 2025年第三季度 --down
split 3.1 -t "Rewrite the rules" -t "Print them"
split 4 --title "Debts abroad" --measures 4.2
move 5.1 --to 4
merge 4.1 4.4 --why "the same"
void 5 --why "entered twice"
add "Lights left on" --leader Gu --deliverable "a list" --continuing --co-unit Office -m "Count them"
edit 6 --interim-goal half --review-on 2025-12-31 --why "agreed"
edit 6.1 --deliverable "a table"
move 6 --to 30
edit 3.2 --criterion "all were there" --interim-goal "half of them" --remark "in two groups"
claim 1-4 30
plan show
# 2025-03-10
plan approve --meeting "Party group 5" --dry-run
plan approve --meeting "Party group 5"
plan show
plan show 1
milestone list
milestone done plan --on 2025-03-09 --meeting "Party group 5" -t "sent by courier" --dry-run
milestone done plan --on 2025-03-09 --meeting "Party group 5" -t "sent by courier"
# 2025-04-01
note 3.1 -t "A first draft"
note -t "Monthly meeting held"
point 3.2 --add "Invite" --add "Teach"
point 3.2.1
point 3.2.1 --open
point 3.2
edit 4.1 --every "month from 2025-02 to 2025-12" --why "each month from now on"
occur 4.1 --period 2025-03 -t "three of nine settled" --evidence rules.txt
occur 4.1 --missed --excuse --why "the auditors had the books"
roster 4.1 --add "Mill, Weir" --why "both debtors"
roster 4.1 Mill -t "it paid"
roster 4.1 --all --excuse --why "it is bankrupt"
show 4.1
evidence add 3.1 rules.txt --kind rules --proves "they were written"
evidence add papers --yes
interim 4.1 --result "half of it" --review-on 2025-09-30
longterm 1.1 --interim-goal "a third" --review-on 2025-12-31 --request --why "it never ends"
longterm 1.1 --refuse --why "it can be ended"
longterm 1.2 --interim-goal "a third" --review-on 2025-05-31 --approve --meeting "Party group 6" --why "it never ends"
extend 3.2 --due 2025-07-31 --request --why "the hall is closed"
extend 3.2 --approve --meeting "Party group 6" --why "as asked"
extend 3.3 --due 2025-08-31 --approve --signer Lin --why "the printer is late"
done 3.1 --result "The rules are in force"
# 2025-05-01
close 3.1 --meeting "Office meeting 3" --opinion agreed
edit 3.1 --criterion "signed and sealed" --why "the office asked"
show 3 3.1
confirm 3.1 --signer Gu --why "looked at again"
publish notice.txt --channel site --audience party --meeting "Party group 9"
withhold 3.1 --kind unrest --why heated --meeting "Party group 9"
close 3.1 --step leader --signer Gu
return 3.1 --to leader --why "on site again" --signer Gu
close 3.1 --meeting "Office meeting 4"
return 3.1 --why "minutes are missing" --meeting "Office meeting 5"
close 3.1 --result "The rules are in force" --meeting "Office meeting 6"
close 3.1 --signer Lin
close 3.1 --signer Gu
close 3.1 --meeting "Group 2"
close 3.1 --meeting "Party group 8" --dry-run
close 3.1 --meeting "Party group 8"
reopen 3.1 --why "late again"
note 1.2 --review-on 2025-06-30 -t "a tenth so far"
edit 3.1 --text "Write the rules anew" --why "a slip" --erratum
plan diff
plan approve --meeting "Party group 9"
plan diff 1 2
note 3.1 -t "meant for another measure"
undo --dry-run
undo --yes
handover
handover --from Lin --as-of 2025-04-15
handover --from Lin --to Wang --dry-run
handover --from Lin --to Wang --in 2025 --why "another office"
handover --unit --from Office --to Secretariat
handover --past
undo --yes
renumber
resolve
extend 3.2 --due 2025-12-31 --request --why "the hall is closed again"
done 4.3 --result "published every month"
close 4.3 --meeting "Office meeting 7"
edit 4.3 --criterion "on the wall" --why "the office asked"
adopt
clue add "Fines without receipts" --channel phone --source "Mr Wen" --received-on 2025-04-28 --unit Finance --text "none of six" --file rules.txt --remark "called twice"
clue add "Keys lost" --channel letter
clue add "Keys lost" --channel letter --dry-run
letter draft 3.2 3.3 --rung supervise --to Office --dry-run
letter draft 3.2 3.3 --rung supervise --to Office --reason "as agreed" --copy Gu --contact "Lin, 1234" --finish-by 2025-06-30
letter edit L1 --title "On the rules" --signature "Willow Town Office" --demands "Report back" --remark "urgent"
letter show L1
report letter L1
letter sign L1 --signer Lin --number "W (2025) No. 7"
letter receipt L1 --receiver Gu
letter reply L1 -t "half of it" --file rules.txt
letter reply L1 --verdict inadequate --opinion "no dates" --signer Lin
letter draft 3.2 --rung reminder
letter draft 3.2 --rung prompt
letter sign L2 L3
letter withdraw L2 --why "the wrong unit"
history L1
clue add "Road dug up" --channel online
clue route C1,C2 --to Office --within 10 --signer Lin --opinion "at once"
clue verify C1 --outcome founded --finding "14 of 60" --meeting "Office 9"
clue issue C1 -m "Print receipts with numbers" --due 2025-12-31 --category Conduct
clue feedback C1 -t "told by telephone"
clue verify C2 --outcome unfounded
clue conclude C2 --signer Gu
clue transfer C3 --to "Road office" --number 2025-7 --within 30
clue receipt C3 --number R-31
clue result C3 -t "mended"
clue import clues.csv
clue add "Lamp broken" --channel visit --source "a neighbour"
clue route C5 --to Office --within 5
history C1
note C5 -t "looked for it"
check --strict
"""

#: Looking at it, as it is and as it was.
LOOKED = """
# 2025-07-10
(nothing)
list
list --measures --columns id,co_units,points_done
list --columns id,co_units,formerly,notes,review_on
list --status void --limit 1
list --status active
list --as-of 2025-04-15
letter propose
letter propose --unit Office
letter list
letter list --unanswered --rung prompt --period 2025-Q2
letter stats
letter stats --per rung --per month
letter show L1
report letter L1
letter show L1 -o letter.md
show L1
clue list
clue list --late --reveal
clue show C1 C2 C3 C4
clue show C1 --reveal
clue stats --per channel --per week
clue stats --as-of 2025-04-15
show C1
list --known-at 2025-04-15
show 1
show 3.2 4
show 3 --as-of 2025-05-02
search rules
search nothing-like-it
stats
stats --per unit
stats --per term --as-of 2025-05-01
stats --period 2025-Q2
board
board --per unit
due
due --as-of 2025-05-20
milestone list --as-of 2025-03-31
history
history 3
history 3.1
history chronicle:1
show chronicle:1
explain 1
explain 3.1
explain 1.2
explain 4.3
explain L1 C1 chronicle:1
show 3.2
report status
report book
report lists
report closeout
report closeout 3.1 30
report extension
report extension 3
report evidence
report evidence 3
report dossier 3
report dossier 3 -o 3.zip
report status -o status.md
freeze 2025-06 --dry-run
freeze 2025-06
freeze
verify
export json
export json -o all.json
export csv -o all.csv
export xlsx -o all.xlsx
export --split unit --period 2025-06 -o june
sql "select number, title, due from issue order by number"
sql "select 1 as a, 2 as a, null, 1.5, 'x'"
reindex
check
checkpoint
checkpoint --short -o kept.txt
check --against kept.txt
compare table.md
compare theirs.csv
compare theirs.csv --on measures --exit-code
compare theirs.csv --fields due,status -o found.xlsx
register meetings add --type committee --title "Party group 10" --links 3.1 --on 2025-07-01
register meetings add type=progress title=Progress
register meetings edit 1 attended=12 chair=Lin
register regulations import regulations.csv --dry-run
register regulations import regulations.csv
register
register meetings
register meetings list type=committee --period 2025-Q3 --limit 1
register meetings show 1
register meetings count --per type,chair
register duty_lists count year=2025 round=end
register meetings export -o meetings.csv
show meetings:1
"""

#: After units have filled in what they were sent.
RETURNED = """
# 2025-07-10
import june --dry-run
import june --yes
import june --yes
import all.xlsx --dry-run
"""

#: After somebody has edited issue 4 with an editor.
EDITED = """
# 2025-07-10
check
check --strict
adopt --dry-run
adopt 4 --why "as agreed"
check --strict --read-data
check --read-data=2/3 evidence --against kept.txt
"""

#: Where an issue closes with one line, and nothing else is asked for.
SMALL = """
# 2025-07-10
-L small add "Files in disorder"
-L small close 1 --result "an archive was set up"
-L small add "Broken lamp" -m "Replace it"
-L small extend 2.1 --due 2025-07-05 --on 2025-07-01 --why "no lamp yet"
-L small close 2 --all --result "replaced"
-L small list
-L small show 1
-L small explain 1
-L small undo --yes
git setup --hooks --commit
-L small note 2 -t "a new lamp is on order" --commit
-L small restore 2 --dry-run
-L small history --diff 2025-07-09..
-L small history 2 --diff HEAD..HEAD
-L small (nothing)
-L small report status
-L small import themes.txt --yes
-L small import themes.txt --yes
-L small history 3
-L small close 2 --all --result replaced
-L small lookback plan --title "Half-year" --seed "by lot: 7" --dry-run
-L small lookback plan --title "Half-year" --seed "by lot: 7" --rate 5% --confidence 95%
-L small lookback show R2025-1 --frame
-L small lookback sample R2025-1
-L small lookback record R2025-1 1 --outcome rebound --method look,访 -t "in disorder again" --reviewer Gu --satisfaction 60% --evidence rules.txt
-L small lookback record R2025-1 2 --outcome variant --title "Broken lamps in the hall" --dry-run
-L small lookback record R2025-1 2 --outcome variant --title "Broken lamps in the hall"
-L small lookback finish R2025-1 --redo "1 Gu 2025-12-31"
-L small lookback show R2025-1
-L small report lookback R2025-1
-L small lookback list
-L small repeats
-L small show 1
-L small edit 3 --variant-of 2025/4
demo played
"""


class Said(NamedTuple):
    """What one line was answered with."""

    name: str
    line: str
    code: int
    document: dict


def lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a story with the day each is typed on."""
    day = ""
    for line in text.strip("\n").splitlines():
        if line.startswith("# "):
            day = line[2:]
        else:
            yield day, line


def live(run: Callable, text: str) -> list[Said]:
    """Type the lines of a story, each with `--json`; every one of them has an answer on stdout."""
    return [_said(run, day, line) for day, line in lines(text)]


def _said(run: Callable, day: str, line: str) -> Said:
    words = [word for word in shlex.split(line) if word != "(nothing)"]
    result = run(*words, "--json", now=f"{day}T09:00:00+08:00")
    assert result.out, (line, result)
    return Said(name_of(words), line, result.code, json.loads(result.out))


def name_of(words: list[str]) -> str:
    """The name of the command a line asks for, as its schema has it."""
    rest = words[2:] if words[:1] == ["-L"] else words
    if not rest:
        return "overview"
    (spec,) = [each for each in COMMANDS if each.name == rest[0]]
    if spec.name == "register":  # the register stands between the two words
        return "-".join([spec.name, *rest[2:3]]) if len(rest) != 2 else "register-list"
    return f"{rest[0]}-{rest[1]}" if spec.commands else rest[0]
