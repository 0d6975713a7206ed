"""What people see: entries chosen and ordered as data, and that data as pages. No SQL, no input or output."""

from communique.resolve.outlining import confidence_of
from communique.views.attention import Attention, Standpoint
from communique.views.brief import Brief, Group, Section, brief_from, brief_of, brief_to_json
from communique.views.choosing import DOUBTFUL, sure_enough, told_beside, told_in_outline
from communique.views.data import entry_to_json, hit_to_json, report_to_json
from communique.views.page import brief_page
from communique.views.pages import actors_page, entries_page, entry_page, hits_page, newest
from communique.views.readings import Reading, readings_page
from communique.views.reasons import reasons_to_json
from communique.views.standing import PairStatus, pair_statuses, status_page, status_to_json
from communique.views.timeline import TIMED, Timeline, timeline_from, timeline_of, timeline_to_json
from communique.views.timeline_drawn import timeline_html, timeline_svg
from communique.views.timeline_lines import timeline_page

__all__ = [
    "DOUBTFUL",
    "TIMED",
    "Attention",
    "Brief",
    "Group",
    "PairStatus",
    "Reading",
    "Section",
    "Standpoint",
    "Timeline",
    "actors_page",
    "brief_from",
    "brief_of",
    "brief_page",
    "brief_to_json",
    "confidence_of",
    "entries_page",
    "entry_page",
    "entry_to_json",
    "hit_to_json",
    "hits_page",
    "newest",
    "pair_statuses",
    "readings_page",
    "reasons_to_json",
    "report_to_json",
    "status_page",
    "status_to_json",
    "sure_enough",
    "timeline_from",
    "timeline_html",
    "timeline_of",
    "timeline_page",
    "timeline_svg",
    "timeline_to_json",
    "told_beside",
    "told_in_outline",
]
