"""The statements that make the tables of `archive.db` and `chats.db`, each column with what it holds; pure.

Once released, none is edited: see `store.schema`.
"""

from __future__ import annotations

DOCUMENTS = """
CREATE TABLE documents (
    -- One row for each text of the seeds folder, as published.
    id TEXT PRIMARY KEY NOT NULL,    -- stable, made from the name of the file: A-Z a-z 0-9 _ -, at most 32 characters
    file TEXT NOT NULL UNIQUE,       -- name within the seeds folder
    digest TEXT NOT NULL,            -- SHA-256 of the file, its entry in sources.toml and the code that read them
    text_digest TEXT NOT NULL,       -- SHA-256 of its text with white space folded: finds a text that came twice
    title TEXT NOT NULL,             -- headline, as the source has it
    date TEXT NOT NULL,              -- day of utterance, or of publication where `dated` says so; YYYY-MM-DD
    dated TEXT NOT NULL              -- what `date` is the date of: utterance or publication
        CHECK (dated IN ('utterance', 'publication')),
    published TEXT,                  -- day of publication, YYYY-MM-DD; NULL where not known
    outlet TEXT,                     -- who published it; NULL where not known
    venue TEXT,                      -- where it was said; NULL where not known
    kind TEXT,                       -- interview, remarks, press conference, briefing...; NULL where not known
    language TEXT,                   -- of the text, as a BCP 47 tag such as en; NULL where not known
    url TEXT,                        -- address of the page the text was saved from; NULL where not known
    archived TEXT,                   -- address of a kept copy of that page; NULL where none is known
    speakers TEXT NOT NULL,          -- names of those whose words it holds, a JSON array
    passages INTEGER NOT NULL,       -- how many passages it has
    questions INTEGER NOT NULL       -- how many questions these answer
)"""

PASSAGES = """
CREATE TABLE passages (
    -- One row for each citable paragraph of a speaker's words.
    number INTEGER PRIMARY KEY,      -- number of the row, by which the full-text index knows it; not kept over builds
    id TEXT NOT NULL UNIQUE,         -- stable, made from file name and words: A-Z a-z 0-9 _ -, at most 32 characters
    document TEXT NOT NULL           -- the document it stands in
        REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,       -- its place among the passages of the document, from 0, in the order of the file
    line INTEGER NOT NULL,           -- line of the file that it begins at, from 1; 0 where not known
    text TEXT NOT NULL,              -- the words as the source has them, white space folded
    attribution TEXT NOT NULL        -- spoken: a transcript; quoted: a report holding the words; reported: a paraphrase
        CHECK (attribution IN ('spoken', 'quoted', 'reported')),
    verbatim TEXT NOT NULL,          -- what stands in quotation marks and is the speaker's own, a JSON array
    speaker TEXT,                    -- who said it; NULL where the source does not say
    question TEXT,                   -- the question it answers; NULL where there is none
    formula INTEGER NOT NULL,        -- 1 for a courtesy or stage direction, never shown unasked; else 0
    alone INTEGER NOT NULL,          -- 1 where it can be read on its own, without what stands around it; else 0
    UNIQUE (document, position)
)"""

DATES = """
CREATE TABLE dates (
    -- The days that passages speak of.
    passage TEXT NOT NULL            -- the passage that speaks of it
        REFERENCES passages (id) ON DELETE CASCADE,
    day TEXT NOT NULL,               -- the day, YYYY-MM-DD
    month_day TEXT NOT NULL,         -- its month and day, MM-DD: what falls on one day of any year
    words TEXT NOT NULL,             -- the day as the passage writes it
    sentence INTEGER NOT NULL        -- index of the sentence of the passage that names it, from 0
)"""

TERMS = """
CREATE TABLE terms (
    -- Every word of passages and of their questions, for spelling and for words that share a stem.
    word TEXT NOT NULL,              -- the word folded for comparing: without case, diacritics and ligatures
    token TEXT NOT NULL,             -- the word as the full-text index cuts it and finds it; nearly always the same
    stem TEXT NOT NULL,              -- what the full-text index makes of it
    passages INTEGER NOT NULL,       -- how many passages hold it, in their text or their question
    occurrences INTEGER NOT NULL,    -- how often it stands there altogether
    PRIMARY KEY (word, token)
) WITHOUT ROWID"""

TERMS_IN_ONE_SPELLING = """
CREATE TABLE terms (
    -- Every word of passages and of their questions, for spelling and for words that are forms of one.
    word TEXT NOT NULL,              -- the word folded for comparing: without case, diacritics and ligatures
    token TEXT NOT NULL,             -- the word as the full-text index cuts it and finds it; nearly always the same
    stem TEXT NOT NULL,              -- what the full-text index makes of it
    family TEXT NOT NULL,            -- the stem of the one spelling it shares with others: "defense", "defence"
    passages INTEGER NOT NULL,       -- how many passages hold it, in their text or their question
    occurrences INTEGER NOT NULL,    -- how often it stands there altogether
    PRIMARY KEY (word, token)
) WITHOUT ROWID"""

BEST = """
CREATE TABLE best (
    -- Of a stem that very many passages hold, those most about it, so that nobody need look at all of them.
    stem TEXT NOT NULL,              -- as the full-text index has it
    numbers TEXT NOT NULL,           -- numbers of the passages, best first by bm25, a JSON array
    PRIMARY KEY (stem)
) WITHOUT ROWID"""

POSTINGS = """
CREATE TABLE postings (
    -- What the passages of a large archive are worth to each word and speaker: common words need not be counted then.
    kind TEXT NOT NULL               -- what `key` is
        CHECK (kind IN ('stem', 'speaker')),
    key TEXT NOT NULL,               -- a stem as the full-text index has it, or a name; empty for nobody known
    segment INTEGER NOT NULL,        -- the number from which the passages of this row are counted
    offsets BLOB NOT NULL,           -- those that hold it, ascending: two bytes each, the lower one first
    impacts BLOB NOT NULL,           -- what each is worth: a byte each, 1 to 255
    PRIMARY KEY (kind, key, segment)
) WITHOUT ROWID"""

STRETCHES = """
CREATE TABLE stretches (
    -- One row: where the passages of each document stand among the numbers of all, documents in this order.
    firsts BLOB NOT NULL,            -- the number of the first passage of each: four bytes each, the lower ones first
    lasts BLOB NOT NULL,             -- the number of its last passage, likewise
    days BLOB NOT NULL               -- its date, in days counted from 0001-01-01, which is 1; likewise
)"""

ABBREVIATIONS = """
CREATE TABLE abbreviations (
    -- Abbreviations that texts explain themselves.
    document TEXT NOT NULL           -- the document that does
        REFERENCES documents (id) ON DELETE CASCADE,
    short TEXT NOT NULL,             -- the short form, folded
    long TEXT NOT NULL               -- what it is short for, folded, with blanks
)"""

ABBREVIATIONS_OF_WORDS = """
CREATE TABLE abbreviations (
    -- Abbreviations that texts explain themselves, or use beside what they are short for.
    document TEXT NOT NULL           -- the document that does
        REFERENCES documents (id) ON DELETE CASCADE,
    short TEXT NOT NULL,             -- the short form, folded
    long TEXT NOT NULL,              -- what it is short for, folded, with blanks
    how TEXT NOT NULL                -- how that is called, as `called` has it: 'name', or 'thing' if in lower case
)"""

PERSONS = """
CREATE TABLE persons (
    -- Persons that texts name with an office or title.
    document TEXT NOT NULL           -- the document that does
        REFERENCES documents (id) ON DELETE CASCADE,
    surname TEXT NOT NULL,           -- the surname, folded
    given TEXT NOT NULL              -- the given name before it, folded; empty where there is none
)"""

CALLED = """
CREATE TABLE called (
    -- What somebody may type for a thing that the archive speaks of.
    key TEXT NOT NULL,               -- the name without blanks: stems as in terms.family; a foreign one as it is folded
    root TEXT NOT NULL,              -- of a single word of another language, what its endings leave; else empty
    thing INTEGER NOT NULL,          -- which thing, as in the table said
    how TEXT NOT NULL,               -- what kind of name: name, people, capital, foreign, short, thing,
                                     -- word, alike, wider; as in aliases.toml, thing are its names, word those
                                     -- of one word in lower case
    PRIMARY KEY (key, thing)
) WITHOUT ROWID"""

CALLED_AS_WRITTEN = """
CREATE TABLE called (
    -- What somebody may type for a thing that the archive speaks of. The columns of its key come first: of others
    -- PRAGMA integrity_check says that they hold NULL (SQLite 3.40).
    key TEXT NOT NULL,               -- the name without blanks: stems as in terms.family; a foreign one as it is folded
    thing INTEGER NOT NULL,          -- which thing, as in the table said
    name TEXT NOT NULL,              -- a name of one word that key has the stem of, folded: other words may share
                                     -- that; else empty
    root TEXT NOT NULL,              -- of a single word of another language, what its endings leave; else empty
    how TEXT NOT NULL,               -- what kind of name: name, people, capital, foreign, short, thing,
                                     -- described, word, alike, wider; as in aliases.toml, thing are its names,
                                     -- described those that hold one, word those of one word in lower case
    PRIMARY KEY (key, thing, name)
) WITHOUT ROWID"""

SAID = """
CREATE TABLE said (
    -- What the archive itself says for a thing.
    thing INTEGER NOT NULL,          -- number of the thing; not kept over builds
    words TEXT NOT NULL,             -- the name as folded words, with blanks
    how TEXT NOT NULL,               -- what kind of name: name, people, capital, short, thing, described, word,
                                     -- alike
    PRIMARY KEY (thing, words)
) WITHOUT ROWID"""

SOUNDS = """
CREATE TABLE sounds (
    -- How the persons who speak, those whom texts name, and things of aliases.toml may be spelt elsewhere.
    sound TEXT NOT NULL,             -- how a word of the name may sound, as store.sounds has it
    name TEXT NOT NULL,              -- that word, folded
    PRIMARY KEY (sound, name)
) WITHOUT ROWID"""

ABOUT = """
CREATE TABLE about (
    -- What the archive must remember of its own making.
    name TEXT PRIMARY KEY NOT NULL,  -- what is remembered; words: the code that cut
                                     -- the words of the table terms; names: what the names were made of
    value TEXT NOT NULL              -- what it was at the last build
) WITHOUT ROWID"""

# sqlite-utils and Datasette find the index of a table by `content="..."` in exactly this form.
PASSAGES_FTS = """
CREATE VIRTUAL TABLE passages_fts USING fts5 (
    text, question,
    content="passages", content_rowid="number", tokenize="porter unicode61 remove_diacritics 2"
)"""

# Triggers rather than statements beside each change, so that an edit by another program keeps the index right.
# https://www.sqlite.org/fts5.html#external_content_tables
KEEP_PASSAGES_FTS = (
    """
CREATE TRIGGER passages_ai AFTER INSERT ON passages BEGIN
    INSERT INTO passages_fts (rowid, text, question) VALUES (new.number, new.text, new.question);
END""",
    """
CREATE TRIGGER passages_ad AFTER DELETE ON passages BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text, question)
    VALUES ('delete', old.number, old.text, old.question);
END""",
    """
CREATE TRIGGER passages_au AFTER UPDATE OF number, text, question ON passages BEGIN
    INSERT INTO passages_fts (passages_fts, rowid, text, question)
    VALUES ('delete', old.number, old.text, old.question);
    INSERT INTO passages_fts (rowid, text, question) VALUES (new.number, new.text, new.question);
END""",
)

INDEX_PASSAGE_UNLESS_BUILDING = """
CREATE TRIGGER passages_ai AFTER INSERT ON passages
WHEN NOT EXISTS (SELECT * FROM about WHERE name = 'building') BEGIN
    INSERT INTO passages_fts (rowid, text, question) VALUES (new.number, new.text, new.question);
END"""

SEARCHES = """
CREATE TABLE searches (
    -- What people searched for, where it does not fit into a button: gone after 30 days, and with /forget.
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- what the button carries; never given twice, so that none finds other words
    chat INTEGER NOT NULL,                 -- Telegram's id of the chat it was typed in
    words TEXT NOT NULL,                   -- what was typed
    created_at TEXT NOT NULL,              -- when it was typed last, UTC, YYYY-MM-DDTHH:MM:SS+00:00
    UNIQUE (chat, words)
)"""

# Times here are whole seconds, unlike those of `searches`: of a million subscriptions and thirty days of deliveries,
# text would make indexes and rows several times as large, and each tick reads and writes them. Dates stay text.
CHATS = """
CREATE TABLE chats (
    -- The chats that subscribed or chose a zone. With its row goes all that hangs on it.
    id INTEGER PRIMARY KEY,          -- Telegram's id of the chat
    kind TEXT NOT NULL,              -- private, group, supergroup or channel
    zone TEXT,                       -- its time zone: IANA name, or an offset such as UTC+05:30; NULL where none chosen
    zone_said TEXT NOT NULL,         -- the place that it was chosen by; empty where none was
    made_at INTEGER NOT NULL         -- when the row was made, UTC, in seconds since 1970 (unixepoch)
)"""

SUBSCRIPTIONS = """
CREATE TABLE subscriptions (
    -- One row for each standing request of a chat, or of a topic in a group.
    chat INTEGER NOT NULL            -- the chat that gets the digest
        REFERENCES chats (id) ON DELETE CASCADE,
    topic INTEGER NOT NULL,          -- Telegram's id of the topic; 0 where there is none, for NULLs are never the same
    hour TEXT NOT NULL,              -- HH:MM by the wall clock of its zone
    zone TEXT NOT NULL,              -- IANA name, or an offset such as UTC+05:30
    zone_said TEXT NOT NULL,         -- the place that it was chosen by; empty where it is the one that chats have
    rhythm TEXT NOT NULL             -- daily, weekdays or weekly
        CHECK (rhythm IN ('daily', 'weekdays', 'weekly')),
    weekday INTEGER NOT NULL         -- the day of a weekly one, from Monday, 0; others keep the day they were made on
        CHECK (weekday BETWEEN 0 AND 6),
    wanted TEXT NOT NULL,            -- words that choose among the quotes, a JSON array
    unwanted TEXT NOT NULL,          -- words that leave a quote out, a JSON array
    silent INTEGER NOT NULL,         -- 1 where it comes without a sound; else 0
    exact INTEGER NOT NULL,          -- 1 for anniversaries and dated events only; else 0
    state TEXT NOT NULL              -- active, or paused: nothing is due
        CHECK (state IN ('active', 'paused')),
    reason TEXT NOT NULL,            -- why it is paused; else empty
    next_due_at INTEGER NOT NULL,    -- when the next digest is due, UTC, in seconds since 1970
    next_date TEXT NOT NULL,         -- the local date of that digest, YYYY-MM-DD
    made_at INTEGER NOT NULL,        -- when it was first made, UTC, in seconds since 1970
    PRIMARY KEY (chat, topic)
) WITHOUT ROWID"""

# Rows keep the order in which they were leased, so that the states of what is sent together change on few pages. The
# checks do without IN, for which SQLite would make a table of the list at every row: half the time of a lease.
DELIVERIES = """
CREATE TABLE deliveries (
    -- The ledger: one row for each digest of one local date, which makes that a day happens once.
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice, so that a lease of a forgotten row finds nothing
    chat INTEGER NOT NULL            -- the chat it goes to; the row outlives the subscription
        REFERENCES chats (id) ON DELETE CASCADE,
    topic INTEGER NOT NULL,          -- the topic it goes to, or 0
    local_date TEXT NOT NULL,        -- the day it is the digest of, by the calendar of the chat, YYYY-MM-DD
    due_at INTEGER NOT NULL,         -- when it was due, UTC, in seconds since 1970: its age counts from here
    state TEXT NOT NULL              -- how far it has come: open are leased, sending and later, the others are final
        CHECK (state = 'leased' OR state = 'sending' OR state = 'later' OR state = 'sent' OR state = 'empty'
            OR state = 'missed' OR state = 'refused' OR state = 'gone' OR state = 'ended'),
    attempt INTEGER NOT NULL,        -- how often it was leased: tells the one who may send it from those who might
    until INTEGER                    -- open: when the lease ends or it is tried again, UTC, in seconds; NULL when final
        CHECK ((until IS NOT NULL) = (state = 'leased' OR state = 'sending' OR state = 'later')),
    changed_at INTEGER NOT NULL,     -- when it came into its state, UTC, in seconds since 1970
    message INTEGER,                 -- Telegram's id of the message sent; NULL where none was, or it is not known
    reason TEXT NOT NULL,            -- why it was missed, refused or put off, or how it was sent; may be empty
    UNIQUE (chat, topic, local_date)
)"""
