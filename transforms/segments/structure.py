"""The structure of a text in order: which stage of which module labels what, as each builds on what those before it found."""

from __future__ import annotations

from transforms.segments import breaks, company, endings, landmarks, menus, narrators, numbering, postings, quoted, titles
from transforms.segments.neighbours import Neighbours


class Structure(Neighbours):
    """The labels of a sheet's lines with what their neighbours decide."""

    def find_menu(self) -> None:
        """The numbered menu of an archive or a page, and the headings that it names."""
        menus.label_menu(self)

    def settle_headings(self) -> None:
        """Headings, and the lines of pages and postings that are told from headings by them."""
        postings.label_threads(self)
        stated = numbering.label_numbered(self)
        titles.label_parts(self)
        menus.label_contents(self, stated)
        titles.label_titles(self)
        landmarks.label_titles(self)
        landmarks.label_summaries(self)
        titles.label_second_lines(self)
        narrators.label_tellers(self)
        landmarks.label_notes(self)
        postings.label_comments(self)
        postings.label_answers(self)

    def settle_furniture(self, late: bool = False) -> None:
        """Furniture by its company; once headers and headings are known (`late`), also what stands squeezed between it."""
        postings.label_heads(self)
        if late:
            quoted.give_back_screens(self)
        company.label_furniture(self, late)

    def settle_ends(self) -> None:
        """Ordinary words that may be end markers ("End.", "Fine") count where nothing but notes can follow."""
        endings.label_endings(self)

    def give_back_facts(self) -> None:
        """Lines that only looked like facts, in an article of the story."""
        quoted.give_back_facts(self)

    def settle_rules(self) -> None:
        """Rules that touch furniture, headers and headings, once all of it is known."""
        breaks.label_rules(self)

    def find_boxes(self) -> None:
        """The lines above an author's words in a box ("A note from gullwing")."""
        landmarks.label_boxes(self)

    def settle_note_rules(self) -> None:
        """Rules right below a note's last line that belong to it."""
        breaks.label_note_rules(self)
