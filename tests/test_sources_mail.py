"""E-mails and mailboxes: the sender's words or the forwarded document, without history and signature."""

import base64
import time
from pathlib import Path

import pytest

from communique.model import SourceError
from communique.sources import parse_email, parse_mbox
from communique.sources.draft import Draft
from communique.sources.item import Item, Problem
from communique.sources.opening import items_of
from source_samples import BULLETIN, FORWARD, MAILBOX

MET = "The two ministers met in Vilnius on 1 July 2025."


def _item(data: bytes) -> Item:
    return Item(name="note.eml", data=data)


def _one(data: bytes) -> Draft:
    (draft,) = parse_email.parse(_item(data))
    assert isinstance(draft, Draft)
    return draft


def _mail(body: str, *, subject: str = "Talks", header: str = "") -> bytes:
    start = f"From: Rosa Example <rosa@example.org>\nDate: Wed, 2 Jul 2025 09:00:00 +0200\nSubject: {subject}\n{header}"
    return f"{start}\n{body}".encode()


def test_a_bulletin() -> None:
    draft = _one(BULLETIN)
    assert draft.text == f"{MET} They agreed to open a joint office—at once."
    assert (draft.title, draft.publisher, draft.author) == ("Ministers meet in Vilnius", "Ministry of Examples", None)
    assert (draft.published, draft.part) == ("2025-07-01", None)


def test_a_forwarded_message_has_its_own_origin() -> None:
    draft = _one(FORWARD)
    assert (draft.text, draft.title) == (MET, "Ministers meet")
    assert (draft.published, draft.author) == ("2025-07-01", "Ministry of Examples")


BODIES = [
    ("They met.\n\nOn Monday, Jane wrote:\n> Will they meet?\n> Soon?\n", "Talks", "They met."),
    (
        "On Mon, 30 Jun 2025 at 10:00, Jane Example\n<jane@example.org> wrote:\n> Old.\n\nThey met.\n",
        "Re: Talks",
        "They met.",
    ),
    ("They met.\n\n-- \nRosa Example\nMinistry of Examples\n", "Talks", "They met."),
    ("They met.\n\n--\nNext item: they left.\n" + "More.\n" * 20, "Talks", None),
    (
        "Agreed.\n\nFrom: Jane Example\nSent: Monday, 30 June 2025\nTo: Rosa\nSubject: Talks\n\nWill they meet?\n",
        "RE: Talks",
        "Agreed.",
    ),
    (
        "FYI\n\nFrom: Jane Example\nSent: Monday, 30 June 2025\nTo: Rosa\nSubject: Talks\n\nThey met.\n",
        "FW: Talks",
        "They met.",
    ),
    (
        "Begin forwarded message:\n\n> From: Jane <j@example.org>\n> Date: 30 June 2025\n> To: Rosa\n>\n> They met.\n",
        "Fwd: Talks",
        "They met.",
    ),
    ("> They met.\n> They agreed.\n", "Fwd: Talks", "They met.\nThey agreed."),
    ("The vote was 3 > 2.\n", "Talks", "The vote was 3 > 2."),
]


@pytest.mark.parametrize(("body", "subject", "text"), BODIES)
def test_whose_words_are_kept(body: str, subject: str, text: str | None) -> None:
    assert _one(_mail(body, subject=subject)).text == (text if text is not None else body.strip())


def test_a_forwarded_day_that_cannot_be_read_is_none() -> None:
    body = "------- Forwarded message -------\nFrom: A <a@example.org>\nDate: last week\nSubject: Talks\n\nThey met.\n"
    assert _one(_mail(body, subject="Fwd: Talks")).published is None


def test_flowed_lines_are_joined() -> None:
    header = "Content-Type: text/plain; charset=utf-8; format=flowed\n"
    assert _one(_mail("They met \nin Vilnius.\n Indented.\n", header=header)).text == "They met in Vilnius.\nIndented."


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        ("Please view this message as HTML.", "They met in Vilnius.\nThey agreed to open an office there at once."),
        ("They met in Vilnius. They agreed to open an office.", "They met in Vilnius. They agreed to open an office."),
    ],
)
def test_the_plain_part_unless_it_is_a_stub(plain: str, text: str) -> None:
    markup = (
        "<div style='display:none'>Preview</div><table><tr><td><p>They met in <b>Vilnius</b>.</p>"
        "<p>They agreed to open an office there at once.</p></td></tr></table>"
    ) + ("<p>More and more was said.</p>" * 6 if plain.startswith("Please") else "")
    body = f"--e\nContent-Type: text/plain\n\n{plain}\n--e\nContent-Type: text/html\n\n{markup}\n--e--\n"
    draft = _one(_mail(body, header="Content-Type: multipart/alternative; boundary=e\n"))
    assert draft.text.startswith(text)


def test_windows_characters_by_the_stated_charset() -> None:
    data = _mail("", header="Content-Type: text/plain; charset=iso-8859-1\n") + b"They said \x93yes\x94.\n"
    assert _one(data).text == "They said “yes”."


def test_attached_messages_and_files() -> None:
    file = base64.b64encode(b"%PDF-1.7 words").decode()
    body = (
        "--e\nContent-Type: text/plain\n\nSee below.\n--e\nContent-Type: message/rfc822\n\n"
        f"{BULLETIN.decode()}\n--e\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
        f'Content-Disposition: attachment; filename="../../note.pdf"\n\n{file}\n--e--\n'
    )
    item = _item(_mail(body, header="Content-Type: multipart/mixed; boundary=e\n"))
    texts = [found.text for found in parse_email.parse(item) if isinstance(found, Draft)]
    assert texts == ["See below.", f"{MET} They agreed to open a joint office—at once."]
    (attached,) = parse_email.attachments(item)
    assert (attached.data, attached.media_type) == (b"%PDF-1.7 words", "application/pdf")
    assert attached.name == "note.eml!../../note.pdf"


def test_files_attached_to_a_mail_are_items(tmp_path: Path) -> None:
    body = (
        "--e\n\nSee below.\n--e\nContent-Type: text/plain\n"
        f'Content-Disposition: attachment; filename="note.txt"\n\n{MET}\n--e\n'
        'Content-Disposition: attachment; filename="logo.png"\n\nx\n--e--\n'
    )
    path = tmp_path / "note.eml"
    path.write_bytes(_mail(body, header="Message-ID: <1@x>\nContent-Type: multipart/mixed; boundary=e\n"))
    mail, file, picture = items_of(str(path))
    assert isinstance(mail, Item) and isinstance(file, Item) and isinstance(picture, Problem)
    assert (file.name, file.data.strip()) == (f"{path}!note.txt", MET.encode())
    assert picture.passed_over


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\nno header",
        b"Subject: Talks\n\n",
        b"Subject: x\nContent-Type: image/png\n\n\x89PNG",
        b"Subject: x\nContent-Type: multipart/mixed; boundary=e\n\n--e\nContent-Type: multipart/mixed; boundary=e\n\n"
        * 3000,
        b"From: a\nContent-Type: message/rfc822\n\n" * 300 + b"From: a\n\n",
        b"From: a\nContent-Type: multipart/mixed; boundary=e\n\n" + b"--e\n\nwords\n" * 5000,
    ],
)
def test_no_mail(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^note\.eml .*\.$"):
        list(parse_email.parse(_item(data)))


FIELDS_WITHOUT_END = [
    "From: " + "(" * 200_000,
    "From: " + '"a" ' * 100_000,
    "To: " + "a@b.example, " * 50_000,
    "Subject: " + "word " * 200_000,
    "Subject: " + "=?utf-8?q?=41=42?= " * 20_000,
    "Content-Type: text/plain; " + "a=b; " * 50_000,
    "Message-ID: <" + "a." * 100_000 + "@x>",
    "Date: " + "1 " * 100_000,
]


@pytest.mark.parametrize("field", FIELDS_WITHOUT_END, ids=lambda field: field[:20])
def test_a_field_without_end_takes_no_time(field: str) -> None:
    begun = time.process_time()
    assert _one(f"X-Mailer: none\n{field}\n\nThey met.\n".encode()).text == "They met."
    assert time.process_time() - begun < 2


def test_a_mailbox() -> None:
    data = MAILBOX.replace(b"For your files.", b"For your files.\n\n>From here on, it is quoted.")
    found = list(parse_mbox.parse(Item(name="box.mbox", data=data)))
    assert [one.part for one in found if isinstance(one, Draft)] == ["bulletin.17@bulletins.example", "message 2"]
    assert [one.published for one in found if isinstance(one, Draft)] == ["2025-07-01", "2025-07-01"]


def test_a_bad_message_does_not_stop_a_mailbox() -> None:
    data = (
        MAILBOX + b"\nFrom x Wed Jul  9 10:00:00 2025\nSubject: empty\n\n\nFrom x Wed Jul  9 10:00:00 2025\n" + BULLETIN
    )
    found = list(parse_mbox.parse(Item(name="box.mbox", data=data)))
    assert [isinstance(one, Problem) for one in found] == [False, False, True, False]
    assert found[2].name == "box.mbox#message 3" and "without text" in found[2].reason  # type: ignore[union-attr]
    assert isinstance(found[3], Draft) and found[3].part == "bulletin.17@bulletins.example (2)"


def test_lines_that_begin_with_from_are_words() -> None:
    data = b"From x Tue Jul  1 10:00:00 2025\nSubject: Talks\n\nThey met.\n\nFrom Vilnius they went to Riga.\n"
    (found,) = parse_mbox.parse(Item(name="box.mbox", data=data))
    assert isinstance(found, Draft) and found.text == "They met.\n\nFrom Vilnius they went to Riga."


def test_no_mailbox() -> None:
    with pytest.raises(SourceError, match=r"^box\.mbox is no mailbox"):
        list(parse_mbox.parse(Item(name="box.mbox", data=b"Dear all")))
