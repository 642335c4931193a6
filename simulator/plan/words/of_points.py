"""How a point is put: in the text of a review (`…` begins with a dash there), or on the line itself (`on-line`)."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.plan.words.tones import Sayings

IN_THE_TEXT: Mapping[str, Sayings] = {
    "size": Sayings(
        warm=(
            "It is {lines} changed lines. I lose the thread after about {limit}. Can you split it, say "
            "`{first}` on its own first?",
            "{lines} lines in one go is more than I can review well (we agreed on {limit}). Please "
            "break it up; `{first}` "
            "looks like a piece that can go in alone.",
            "By line {limit} I had forgotten how it began, and there are {lines}. Could `{first}` come on its own?",
            "I can give {limit} lines the attention they deserve, not {lines}. Would `{first}` work alone, the rest on top?",
            "I started three times: {lines} lines are too many for one sitting, {limit} would be fine. "
            "Could `{first}` come first?",
        ),
        terse=(
            "{lines} lines, limit {limit}. Please split, `{first}` first.",
            "Too large: {lines} lines where {limit} is our limit. `{first}` can go in alone.",
        ),
        formal=(
            "The change comprises {lines} lines; we agreed on at most {limit}. Please divide it, "
            "beginning with `{first}`.",
        ),
    ),
    "concerns": Sayings(
        warm=(
            "This does {count} things at once: {names}. Could each come on its own? Then a problem "
            "with one does not hold up the others.",
            "{names}: that is {count} topics in one pull request. I would rather read them one after the other.",
        ),
        terse=("{count} concerns in one: {names}. One each, please.",),
        formal=("The change combines {count} concerns ({names}). Please submit them separately.",),
    ),
    "untested": Sayings(
        warm=(
            "`{path}` changes what the code does, but no test changes with it. Please add one that "
            "fails without your change.",
            "I see no test for the change in `{path}`. A small one for the new behaviour and one for "
            "the odd case would do.",
            "How do we know in half a year that `{path}` still does this? Please add a test.",
            "I could not find a test that would turn red if `{path}` forgot about this again. Could you write one?",
            "What `{path}` does now is nowhere pinned down. One test for the usual case and one for the edge would be enough.",
            "Before I trust `{path}` with this I would like to see it tested, please.",
            "`{path}` is the kind of file that somebody tidies up one day. A test would protect your change from them.",
            "The change in `{path}` looks right to me, and I have been wrong before. Could a test say it, too?",
            "There is new behaviour in `{path}`, and only you and I know about it. Please tell the tests.",
        ),
        terse=("No test for `{path}`.", "`{path}` changes, tests do not. Please add one."),
        formal=(
            "The new behaviour in `{path}` is not covered by a test. Please add one.",
            "Please provide a test for the change in `{path}`.",
        ),
    ),
    "description": Sayings(
        warm=(
            "There is no description. Two sentences would help: what changes, and why. I have only the "
            "diff to guess from.",
            "Could you write a line or two about the why? The diff only tells me the what.",
            "A word on what this is for, please. In half a year the two of us will ask ourselves the same.",
            "The description is empty. What would you tell me if I sat next to you?",
        ),
        terse=("Description, please: what and why.", "No description. Two sentences will do."),
        formal=("Please add a description of what is changed and for what reason.",),
    ),
    "description-template": Sayings(
        warm=(
            "The template is still empty. What does this change, and how did you try it out?",
            "I only find the headings of the template. Would you fill in what and why?",
        ),
        terse=("The template is not filled in.",),
        formal=("The description consists of the empty template only; please complete it.",),
    ),
    "empty": Sayings(
        warm=(
            "I see no change in here at all. Did the push go missing, or is the work on another branch?",
            "The diff is empty: there is nothing I could read. Did you push what you meant to?",
        ),
        terse=("The diff is empty. Wrong branch?", "Nothing in here. Did you push?"),
        formal=("The diff is empty. Could you check whether the intended commits have been pushed?",),
    ),
    "secret": Sayings(
        warm=(
            "There is something in `{path}` that looks like a real key. Please treat it as public from "
            "now on: get a new one, and take "
            "this one out of the history too, not only out of the file.",
            "I think a key slipped into `{path}`. It happens to all of us once. A new one first, then "
            "out of the branch's history.",
        ),
        terse=("Secret in `{path}`. Replace it, and remove it from the history.",),
        formal=(
            "`{path}` appears to contain a credential. Please have it replaced, and remove it from the "
            "history of the branch.",
        ),
    ),
    "secret-in-history": Sayings(
        warm=(
            "The key is gone from the file, thank you, but the commit `{sha}` still has it. Could you "
            "rewrite the branch without it, and "
            "have the key replaced?",
            "One more step with the key: whoever fetches the branch still finds it in `{sha}`. Please "
            "take it out of the history as well.",
        ),
        terse=("The key is still in the history, see `{sha}`.",),
        formal=("The credential is still contained in commit `{sha}`. Please rewrite the branch without it.",),
    ),
    "unfit": Sayings(
        warm=(
            "`{path}`{more}: I think that came along by accident. Could you take it out and add it to `.gitignore`?",
            "I doubt that `{path}`{more} wants to be in the repository. Out, and into `.gitignore`, please.",
        ),
        terse=("`{path}`{more} does not belong here.",),
        formal=("Please remove `{path}`{more} from the change and add it to `.gitignore`.",),
    ),
    "large-file": Sayings(
        warm=("`{path}` has {lines} lines. Is it made by a tool? Then let us rather make it in the build.",),
        terse=("`{path}`: {lines} lines. Generated?",),
        formal=("`{path}` adds {lines} lines. Please check whether it needs to be in the repository.",),
    ),
    "missing": Sayings(
        warm=(
            "`{path}` changes, and `{wants}` does not: see my remark.",
            "Something should go with `{path}`, namely `{wants}`; I wrote it on the line.",
        ),
        terse=("`{path}` without `{wants}`.",),
        formal=("`{path}` is changed without `{wants}`; see my remark.",),
    ),
    "on-the-line": Sayings(
        warm=(
            "Please see my remark on `{path}`{more}.",
            "One remark in `{path}`{more}, on the line itself.",
            "In `{path}` I left a question{more}.",
            "There is something in `{path}`{more}, I marked the place.",
        ),
        terse=("`{path}`{more}, see the line.", "`{path}`: remark inline{more}."),
        formal=("Please refer to my remark in `{path}`{more}.", "I have commented on a line of `{path}`{more}."),
    ),
    "criterion": Sayings(
        warm=(
            "I believe a line in `{path}`{more} goes against what the issue asks for, see there.",
            "`{path}`{more} does not do what the criteria say, I think; I marked where.",
        ),
        terse=("`{path}`{more} contradicts the criteria.",),
        formal=("A line of `{path}`{more} appears to contradict the acceptance criteria; see my remark.",),
    ),
    "left-over": Sayings(
        warm=(
            "There is a left-over from trying things out in `{path}`{more}.",
            "`{path}` still has something of your last debugging session{more}.",
        ),
        terse=("Debug left-over in `{path}`{more}.",),
        formal=("Please remove the debugging statement in `{path}`{more}.",),
    ),
}

ON_THE_LINE: Mapping[str, Sayings] = {
    "same": Sayings(
        warm=("Same here.", "And here.", "Here too, please.", "One more of these.", "This one as well."),
        terse=("Ditto.", "Also here."),
        formal=("The same applies here.", "Likewise."),
    ),
    "untested": Sayings(
        warm=(
            "Which test would fail if this line were wrong? I could not find one.",
            "This is new behaviour without a test. What should happen here with an empty or a wrong value?",
            "If I turned this round by accident, who would tell me? I see no test that does.",
            "A test for this one, please; it need not be long.",
            "How did you try this out? Whatever you typed would make a good test.",
            "I would like to see this line fail once, in a test.",
            "This decides something. Which test holds it to that?",
            "Could you pin this down with a test? I'd like to be able to change it next month without fear.",
        ),
        terse=("Untested.", "Which test covers this?"),
        formal=("Please add a test for this behaviour.", "I could not find a test that covers this line."),
    ),
    "secret": Sayings(
        warm=(
            "This looks like a real one. Please get it replaced first; after that, rewrite the commit "
            "so that it is gone from the history.",
            "Is this a live key? Then it is burnt, I'm afraid: everybody who fetches the branch has it.",
        ),
        terse=("A live key? Replace it.",),
        formal=("This appears to be a credential. It must be replaced and removed from the history.",),
    ),
    "conflict": Sayings(
        warm=("A conflict marker stayed in here. Which of the two sides did you mean to keep?",),
        terse=("Conflict marker.",),
        formal=("A conflict marker has been committed here. Please resolve the conflict.",),
    ),
    "breakpoint": Sayings(
        warm=(
            "A breakpoint, I think: this would stop the server for everybody.",
            "This one would wait for you to type something, in production.",
        ),
        terse=("Breakpoint.",),
        formal=("Please remove this breakpoint.",),
    ),
    "print": Sayings(
        warm=(
            "Was this for trying things out? If we need it, let us log it properly.",
            "A left-over, I think.",
            "Can this go? It ends up in the server's output and nobody will know what it means.",
        ),
        terse=("Left-over?", "Debug output."),
        formal=("Please remove this output, or use the logger.",),
    ),
    "to-do": Sayings(
        warm=(
            "nit: a to-do without an issue is forgotten by Friday. Worth an issue?",
            "nit: could you name the issue that this to-do belongs to?",
        ),
        terse=("nit: to-do without an issue.",),
        formal=("nit: please reference an issue in this to-do.",),
    ),
    "put-aside": Sayings(
        warm=("nit: git remembers this for us, you can delete it.", "nit: code in a comment, do we still need it?"),
        terse=("nit: dead code.",),
        formal=("nit: please remove the commented-out code.",),
    ),
    "long-line": Sayings(
        warm=("nit: {length} characters, I have to scroll for the end of it.",),
        terse=("nit: {length} characters.",),
        formal=("nit: this line has {length} characters; please break it.",),
    ),
    "vague-name": Sayings(
        warm=("nit: what does it do? A name that says so would save me the reading.",),
        terse=("nit: name.",),
        formal=("nit: a more telling name would help here.",),
    ),
    "bare-truth": Sayings(
        warm=("nit: `is` reads better here, or no comparison at all.",),
        terse=("nit: no need to compare.",),
        formal=("nit: the comparison is not needed.",),
    ),
    "trailing-space": Sayings(
        warm=("nit: white space at the end of the line.",),
        terse=("nit: trailing space.",),
        formal=("nit: please remove the trailing white space.",),
    ),
    "test-removed": Sayings(
        warm=(
            "`{name}` was here and is gone. Is what it checked no longer true? If it is only red, let us find out why.",
            "Why does `{name}` go? I would miss it the day this breaks.",
        ),
        terse=("Why is `{name}` gone?",),
        formal=("Please explain why `{name}` was removed.",),
    ),
}
