"""Acts that cross rooms: passing a gate, the turns of life and their effects, joining, leaving, ending."""

from cordee.groupings.acts import (
    open_exchange,
)
from cordee.journeys.acts.arrivals import (
    Existing,
    NotTheWhole,
    PaperSigned,
    bring_in_grouping,
    complete_arrival,
)
from cordee.journeys.acts.closing import (
    make_statements,
    note_minimum,
)
from cordee.journeys.acts.decisions import (
    AlreadyVoted,
    NothingToApply,
    NotNow,
    apply_decision,
    change_voted_purpose,
    go_on_as_two,
    propose_purpose,
    propose_turn,
)
from cordee.journeys.acts.erasing import (
    ERASED,
    StillNeeded,
    erase_company,
    erase_person,
)
from cordee.journeys.acts.gates import (
    GateShut,
    NoSuchWay,
    pass_gate,
    prepare_convention,
)
from cordee.journeys.acts.joining import (
    accept_request,
    admit,
    note_refused_request,
    put_request_to_vote,
)
from cordee.journeys.acts.leaving import (
    SomethingLeft,
    TooSoonToVote,
    answer_exclusion,
    carry_out_departure,
    drop_exclusion,
    leave_grouping,
    note_rejected_exclusion,
    open_exclusion,
    put_exclusion_to_vote,
    stay_after_all,
)
from cordee.journeys.acts.meeting import (
    NobodyChosen,
    NotThere,
    open_exchange_at,
    open_exchange_introduced,
)
from cordee.journeys.acts.review import conclude_review, put_ending_to_vote

__all__ = [
    "ERASED",
    "AlreadyVoted",
    "Existing",
    "GateShut",
    "NoSuchWay",
    "NobodyChosen",
    "NotNow",
    "NotTheWhole",
    "NotThere",
    "NothingToApply",
    "PaperSigned",
    "SomethingLeft",
    "StillNeeded",
    "TooSoonToVote",
    "accept_request",
    "admit",
    "answer_exclusion",
    "apply_decision",
    "bring_in_grouping",
    "carry_out_departure",
    "change_voted_purpose",
    "complete_arrival",
    "conclude_review",
    "drop_exclusion",
    "erase_company",
    "erase_person",
    "go_on_as_two",
    "leave_grouping",
    "make_statements",
    "note_minimum",
    "note_refused_request",
    "note_rejected_exclusion",
    "open_exchange",
    "open_exchange_at",
    "open_exchange_introduced",
    "open_exclusion",
    "pass_gate",
    "prepare_convention",
    "propose_purpose",
    "propose_turn",
    "put_ending_to_vote",
    "put_exclusion_to_vote",
    "put_request_to_vote",
    "stay_after_all",
]
