"""What is known about fiction text, as pure functions: bytes, text or tables in; frozen values or tables out.

No files, no clock, no network, no Prefect. Data goes one way, and so do imports (`tests/test_imports.py` holds them to it):

    documents, metadata     the words that all the others speak
    words, titles           counting words; titles without numbers
    wrapping                lines that a program filled to a width
    encoding                bytes -> text, damaged text -> repaired text
    sources                 the bytes of a source file -> drafts of documents
    segments                a document's text -> what is story, what is note, what is ...
    optouts                 what the notes and headers say about reuse
    narration               story text -> tense, point of view, focal character, form
    relations               story texts -> which are the same, or part of each other
    removals                story texts -> whether they are something that must stay out
    cleaning                one draft through all of the above
    works                   cleaned documents -> works, and which of them are published
    schema                  the published tables, each field with its meaning
    report, card            tables -> the data-quality report, the dataset card
    explanation             one document and all that was found about it, for a person
"""
