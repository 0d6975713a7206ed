"""How things of each kind are told apart."""

from typing import Any

from communique.model import Kind
from communique.resolve.cluster import Identity
from communique.resolve.deliveries import TRANSFERS
from communique.resolve.instruments import AGREEMENTS, INITIATIVES
from communique.resolve.occasions import OCCASIONS
from communique.resolve.undertakings import PROMISES
from communique.resolve.words_given import SAYINGS

IDENTITIES: dict[Kind, Identity[Any]] = {
    Kind.ENGAGEMENT: OCCASIONS,
    Kind.AGREEMENT: AGREEMENTS,
    Kind.TRANSFER: TRANSFERS,
    Kind.INITIATIVE: INITIATIVES,
    Kind.UNDERTAKING: PROMISES,
    Kind.STATEMENT: SAYINGS,
}
