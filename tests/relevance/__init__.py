"""How well searches are answered: what people type, judged passage by passage, and what measures it.

`searches/` holds the set, one file for each of seven kinds: a *subject*; *slips* of the finger, and words split and
joined; *names* for the same thing; other *languages*; remembered *wording*, with what narrows a search; *other words*
for it; and *nothing*, what nobody spoke of. For each search every passage of the seeds was judged by reading, before
any engine was asked; then what stood among the first ten of Quotebot, FTS5 (any word) and tantivy was looked at again:

    exact    3  it is what was asked for: the passage says that, or deals with that and little else
    about    2  it says something of it, among other things or as a fragment; or answers a question about it
    touches  1  it mentions it in passing, in a list, or what it says bears on it
             0  all others, which are not listed

The grade is about the subject alone, not about who says it or how well. A search with a filter is judged among the
passages that satisfy it. A passage that answers a question about a thing is about that thing without naming it, where
it speaks of it; where it turns to something else, it is not. What nobody spoke of may stand in what a page has beside
the text, and single words of such a search may occur in passages on something else.

One half of each kind is there to tune by; the other, which may be smaller, only to report: nobody looks at single
results of that one (`--failures` shows those of the first half). No search is spelled out in the code or in a list of
aliases, unless it is itself the name of a thing.
"""
