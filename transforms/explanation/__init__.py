"""What the pipeline makes of one document, and why: for a person who asks about one story.

explain_document(cleaned, ...)   a cleaned document, with its fate and its relatives -> Explanation
explain_rejection(rejection)     a document that is not read as a story -> Explanation
to_terminal(explanation, ...)    -> text for a terminal, with or without colour
page.to_html(explanation)        -> a page that holds all it needs (a module of its own: it loads what the report needs)
"""

from transforms.explanation.building import Explanation, Fate, Relative, explain_document, explain_rejection
from transforms.explanation.terminal import to_terminal

__all__ = ["Explanation", "Fate", "Relative", "explain_document", "explain_rejection", "to_terminal"]
