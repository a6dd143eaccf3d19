### What a pack says that its text does not, and the help. Shown to editors. Words in backticks are code.

proof-text-empty = the text is empty
proof-name-file-has-article-s = name the file that has the article's text
proof-lines-text-end-middle-sentences = the lines of the text end in the middle of sentences, so its paragraphs can't be counted
proof-join-lines-each-paragraph-every = join the lines of each paragraph: every line is a paragraph of its own (docs/editing-an-article.md, part 1, says how)
proof-text-another-article-pack-s = this is the text of another article: { $missing } of the pack's { $places } places are nowhere in it
proof-name-pack-s-own-text = name the pack's own text; this one begins “{ $beginning }”
proof-pack-was-made-from-another = the pack was made from another version of the text
proof-compare-two-if-all-well = compare the two; if all is well, write { $value }
proof-pack-does-say-which-text = the pack does not say which text it was made from
proof-add = add { $value }
proof-line-text-nearest-write = line { $number } of the text is nearest: write { $line }
proof-no-line-text-like-if = no line of the text is like it: if the section has no heading, write { $heading }
proof-text-has-no-heading = the text has no heading “{ $heading }”
proof-text-has-only-paragraphs = the text has only { $count } paragraphs
proof-write-shows-how-they-are = write `last = { $count }`; `check --numbers` shows how they are counted
proof-text-goes-on-paragraph-after = the text goes on to paragraph { $count }, after section { $last }
proof-write-add-another-section = write `last = { $count }`, or add another section
proof-quote-s-stand-more-than = the quote's `words` stand more than once in its `exact`
proof-let-begin-end-closer-one = let `exact` begin or end closer to the one that is meant
proof-leave-out-quote-s-own = leave `exact` out: a quote's own words mark its place
proof-leave-out-tell-place-by = leave `exact` out, and tell the place by `prefix` or `suffix`
proof-quote-s-don-t-stand = the quote's `words` don't stand at this `exact`
proof-quote-s-stand-paragraph = the quote's `words` stand in paragraph { $number }, and its `exact` in { $paragraph }
proof-write-quote-s-own-words = write `source = { "{" } paragraph = { $number } { "}" }`: a quote's own words mark its place
proof-text-has-no-paragraph = the text has no paragraph { $paragraph }
proof-paragraphs-go-from = paragraphs go from 1 to { $value }
proof-single-word-marks-no-place = a single word marks no place
proof-leave-out-words-stand-there = leave `prefix` and `suffix` out: the words stand there once
proof-text-words-stand-between-others = in the text the words stand between others than this `prefix` and `suffix`
proof-these-words-stand-times-paragraph = these words stand { $times } times in paragraph { $paragraph }
proof-paragraph-has-nearly-same-pack =
    paragraph { $number } has nearly the same:
    pack: { $ours }
    text: { $theirs_marked }
    write { $theirs }
proof-copy-them-from-paragraph-word = copy them from paragraph { $paragraph }, word for word: nothing in the text is like them
proof-these-words-are-text = these words are not in the text
proof-has-quotation-marks-are-text = `{ $key }` has quotation marks that are not in the text
proof-write = write { $bare }
proof-copy-passage-without-gap = copy a passage without a gap
proof-write-2 = write { $one }
proof-make-two-quotes-keep-one = make two quotes of it, { $one } and { $two }, or keep one of them
proof-write-part-enough-mark-place = write { $one }: a part is enough to mark the place
proof-leaves-out-words-text-nothing = `{ $key }` leaves out words of the text, and nothing may be left out
proof-these-words-are-heading-headings = these words are in a heading, “{ $line }”, and headings are no paragraphs
proof-take-words-paragraph = take words of a paragraph
proof-these-words-go-over-end = these words go over the end of paragraph { $number }
proof-take-part-one-paragraph-write = take the part in one paragraph: write { $longer }
proof-write-wording-text-s = write { $near }: the wording is the text's
proof-copy-text-s-wording-leave = copy the text's wording, or leave `text` out and write `by = "editor"`
proof-paragraph = “{ $wording }” is not in paragraph { $number }
proof-text = “{ $wording }” is not in the text
proof-words-are-paragraph = the words are not in paragraph { $named }
proof-text-has-no-paragraph-2 = the text has no paragraph { $named }
proof-they-are-paragraph-write = they are in paragraph { $found }: write `paragraph = { $found }`
proof-from-paragraph-on-places-are = from paragraph { $named } on, { $count } places are { $by } or more paragraphs later in the text than the pack says
proof-compare-with-name-heading-counted = compare with `check --numbers`: name a heading that is counted as a paragraph so far, or take out what is no part of the article; else write `paragraph = { $found }` here, and so on
proof-from-paragraph-on-places-are-2 = from paragraph { $named } on, { $count } places are { $by } or more paragraphs earlier in the text than the pack says
proof-compare-with-line-pack-counts = compare with `check --numbers`: a line that the pack counts is no paragraph of this text; else write `paragraph = { $found }` here, and so on
proof-take-more-words-so-they = take more words, so that they stand there once
proof-add-2 = add { $one }
proof-add-what-stands-beside-one = add what stands beside the one that is meant: { $several }
proof-quotation-marks = in quotation marks
proof-speech-behind-dash = speech behind a dash
proof-single-quotation-marks = in single quotation marks
proof-behind-label-interview = behind a label, as in an interview
proof-these-words-are-quotation-marks = these words are not in quotation marks in the text, and after its dash they may be the narrator's
proof-if-they-are-spoken-quote = if they are spoken, quote only up to where the narrator's words may begin; else write `kind = "author"` without `speaker`
proof-these-words-are-quotation-marks-2 = these words are not in quotation marks in the text
proof-write-if-author-tells-what = write `kind = "reported"` if the author tells what someone said, else `kind = "author"` without `speaker`
proof-these-words-are-text-2 = these words are { $how } in the text
proof-write-if-text-says-who = write `kind = "verbatim"` if the text says who said them, else `kind = "phrase"` without `speaker`
proof-these-words-seem-speech-behind = these words seem to be speech behind a dash, not the author's report of it
proof-if-so-write = if so, write `kind = "verbatim"`, and { $ash }
proof-write-article = write `speech = [{ $all }]` in [article]
proof-no-name-stands-paragraph-text = no name of { $name } stands in paragraph { $range } of the text
proof-see-line-text-whose-words = see in line { $number } of the text (“{ $beginning }”) whose words they are; a name that the text uses there goes into the `aliases` of `{ $id }`
proof-text-these-words-are-those = in the text these words are those of “{ $name }” (paragraph { $paragraph })
proof-if-add = if that is { $name }, add it to the `aliases` of `{ $id }`
proof-write-3 = write { $other }
proof-these-words-are-quotation-marks-3 = these words are not in quotation marks in the text; they seem to be { $how }
proof-these-words-are-quotation-marks-4 = these words are not in quotation marks in the text; they seem to be { $how }, and so are those of { $others }
proof-if-text-marks-speech-so = if the text marks speech so, { $how }
proof-words-paragraph = `{ $id }` ({ $words } words, paragraph { $paragraph })
proof-quotes-repeat-text-s-words = the quotes repeat { $covered } of the text's { $total } words, { $share } %: { $allowed } too many; the limit is { $limit } %
proof-pack-companion-article-copy-shorten = a pack is a companion to an article, not a copy of it: shorten the longest quotes, { $named }
proof-holds-quotation-marks-stand-around = `words` holds the quotation marks that stand around them in the text
proof-write-4 = write { $words }
proof-goes-over-from-speech-what = `words` goes over from speech to what is or may be the narrator's
proof-take-part-surely-spoken = take the part that is surely spoken
proof-goes-over-quotation-mark-text = `words` goes over a quotation mark of the text
proof-take-part-on-one-side = take the part on one side of it
proof-write-5 = { $advice }: write { $part }
pack-add-source-or-editor = add `source = { "{" } paragraph = 1, exact = "…" { "}" }`, or `by = "editor"` if it is not in the text

## How a fault is shown.

diagnostic-error = Error
diagnostic-warning = Warning
diagnostic-here = here
diagnostic-help = Help
