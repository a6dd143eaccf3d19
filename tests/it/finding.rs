//! What people mean by what they type, on small packs of several languages and on the first article: a name, an alias
//! or whole words of them are answered; what is merely near is offered, or told.

use rapporteur::answer::{Answer, AnswerKind, Block, Choice};
use rapporteur::commands::{self, OptKind, Role, Suggest, TABLE};

use crate::common::Room;

impl Room {
    /// It is answered with this title, and no word of how it was read.
    #[track_caller]
    fn plain(&self, line: &str, title: &str) -> impl Future<Output = ()> {
        let at = std::panic::Location::caller();
        async move {
            let answer = self.ask(line).await;
            assert_eq!(answer.kind, AnswerKind::Found, "{at}: {line}: {answer:#?}");
            assert_eq!((answer.title.as_str(), answer.note.as_deref()), (title, None), "{at}: {line}");
        }
    }

    /// It is answered, and the answer tells that it was read as something.
    async fn told(&self, line: &str, title: &str, note: &str) {
        let answer = self.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{line}: {answer:#?}");
        assert_eq!((answer.title.as_str(), answer.note.as_deref()), (title, Some(note)), "{line}");
    }

    /// It is not answered; what is near is offered, and choosing it leads to it.
    async fn offered(&self, line: &str, near: &[&str]) {
        let answer = self.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::NothingFound, "{line}: {answer:#?}");
        let labels: Vec<&str> = answer.choices.iter().map(|it| it.label.as_str()).collect();
        for title in near {
            let choice = answer.choices.iter().find(|it| it.label.contains(title));
            let choice = choice.unwrap_or_else(|| panic!("{line} offers {labels:?}, not {title}"));
            let chosen = self.ask(&choice.line).await;
            assert_eq!(chosen.kind, AnswerKind::Found, "{line}, then {}: {chosen:#?}", choice.line);
        }
        let real = labels.iter().filter(|label| !label.starts_with("Search"));
        assert!(!near.is_empty() || real.count() == 0, "{line} offers {labels:?}");
    }
}

/// The lines of an answer's lists.
fn entries(answer: &Answer) -> Vec<&str> {
    let lists = answer.blocks.iter().filter_map(|block| match block {
        Block::List { entries, .. } => Some(entries.iter().map(|entry| entry.text.as_str())),
        _ => None,
    });
    lists.flatten().collect()
}

fn choice<'a>(answer: &'a Answer, label: &str) -> &'a Choice {
    answer
        .choices
        .iter()
        .find(|it| it.label.contains(label))
        .unwrap_or_else(|| panic!("no {label}: {answer:#?}"))
}

fn article(id: &str, language: &str) -> String {
    format!(
        "[article]\nid = \"{id}\"\ntitle = \"The {id} papers\"\nlanguage = \"{language}\"\nsummary = \"Of {id}.\"\n"
    )
}

fn event(id: &str, title: &str, edtf: &str) -> String {
    format!(
        "[[event]]\nid = \"{id}\"\ntitle = \"{title}\"\nwhen = {{ edtf = \"{edtf}\", by = \"editor\" }}\nsummary = \"It was.\"\nby = \"editor\"\n"
    )
}

fn actor(id: &str, name: &str, aliases: &str) -> String {
    format!(
        "[[actor]]\nid = \"{id}\"\nname = \"{name}\"\naliases = [{aliases}]\nkind = \"person\"\nsummary = \"There.\"\nby = \"editor\"\n"
    )
}

fn quote(id: &str, speaker: &str, words: &str) -> String {
    format!(
        "[[quote]]\nid = \"{id}\"\nwords = \"{words}\"\nkind = \"verbatim\"\nspeaker = \"{speaker}\"\ncontext = \"At night.\"\nsource = {{ paragraph = 1 }}\n"
    )
}

fn topic(id: &str, name: &str) -> String {
    format!("[[topic]]\nid = \"{id}\"\nname = \"{name}\"\nsummary = \"A subject.\"\n")
}

fn fact(id: &str, statement: &str) -> String {
    format!("[[fact]]\nid = \"{id}\"\nstatement = \"{statement}\"\nstanding = \"fact\"\nby = \"editor\"\n")
}

fn claim(id: &str, title: &str) -> String {
    format!(
        "[[argument]]\nid = \"{id}\"\ntitle = \"{title}\"\nclaim = \"So it is.\"\nsource = {{ paragraph = 1, exact = \"so it was said\" }}\n"
    )
}

/// Years, numbers and numerals are whole, and none is a typo of another.
#[tokio::test]
async fn numbers_are_never_read_as_others() {
    let room = Room::of(&[&[
        article("numbers", "en"),
        event("e1", "Treaty of 1648", "1648"),
        event("e2", "Crusade III", "1190"),
        event("e6", "Great Northern War II", "1700"),
        event("e3", "Soyuz 11", "1971"),
        event("e4", "Ruling 4417", "1971"),
        event("e5", "Phase 2", "1972"),
        actor("a1", "Gustav VI", ""),
        quote("q-2", "a1", "we have 2500 ships"),
    ]
    .concat()])
    .await;
    for (line, near) in [
        ("event Treaty of 1649", &["Treaty of 1648"] as &[&str]),
        ("event Crusade I", &["Crusade III"]),
        ("event Crusade II", &["Crusade III"]),
        ("event Great Northern War I", &["Great Northern War II"]),
        ("event Great Northern War I battles", &["Great Northern War II"]),
        ("source great northern war i", &["Great Northern War II"]),
        ("event Soyuz 1", &["Soyuz 11"]),
        ("event Ruling 4471", &["Ruling 4417"]),
        ("event 4471", &[]),
        ("event 1", &[]),
        ("event 2", &["Phase 2"]),
        ("source Treaty of 1684", &["Treaty of 1648"]),
        ("actor Gustav V", &["Gustav VI"]),
        ("quote Gustav V", &["Gustav VI"]),
        ("quote 2", &[]),
        ("quote 25", &[]),
        ("topic 1648", &[]),
    ] {
        room.offered(line, near).await;
    }
    let searched = room.ask("search Great Northern War I").await;
    assert_eq!(searched.title, "On “Great Northern War”; nothing on “i”");
    room.plain("event Soyuz 11", "Soyuz 11").await;
    room.plain("event ruling 4417", "Ruling 4417").await;
    room.plain("event crusade iii", "Crusade III").await;
    room.plain("actor Gustav", "Gustav VI").await;
}

/// The beginning of a name, or a word near to one, is no name.
#[tokio::test]
async fn what_is_only_near_is_offered() {
    let room = Room::of(&[&[
        article("near", "en"),
        actor("a1", "Somaliland", "\"the Horn\""),
        actor("a2", "Otto Winterfeld", "\"Winterfeld\""),
        event("e1", "Halfway stone is laid", "1900"),
        event("e2", "Opening of the long bridge over the river Elbe by the queen", "1901"),
        event("e3", "Rome in flames", "1902"),
        topic("t1", "Warming"),
        topic("t2", "Elections"),
        quote("q1", "a1", "we closed an ear"),
    ]
    .concat()])
    .await;
    for (line, near) in [
        ("actor Somali", &["Somaliland"] as &[&str]),
        ("quote Somali", &["Somaliland"]),
        ("topic war", &["Warming"]),
        ("event ston", &["Halfway"]),
        ("event stome", &["Halfway"]),
        ("event queen", &["long bridge"]),
        ("event in", &[]),
        ("actor the", &[]),
        ("actor of the", &[]),
        ("quote the", &[]),
        ("quote Lens", &[]),
        ("actor Otto Winterstein", &["Otto Winterfeld"]),
    ] {
        room.offered(line, near).await;
    }
    room.plain("actor Otto", "Otto Winterfeld").await;
    room.plain("event flames", "Rome in flames").await;
    room.plain(
        "event opening of the long bridge",
        "Opening of the long bridge over the river Elbe by the queen",
    )
    .await;
    room.told("actor Winterfled", "Otto Winterfeld", "Read “Winterfled” as Winterfeld.").await;
    room.told("topic electoins", "Elections", "Read “electoins” as Elections.").await;
    room.told("topic election", "Elections", "Read “election” as Elections.").await;
    room.told(
        "event queen bridge",
        "Opening of the long bridge over the river Elbe by the queen",
        "Read “queen bridge” as Opening of the long bridge over the river Elbe by the queen.",
    )
    .await;
}

/// Forms of a word find one another; other words of the same stem do not.
#[tokio::test]
async fn stems_that_are_other_words_find_nothing() {
    let room = Room::of(&[&[
        article("stems", "en"),
        fact("f1", "A new bridge replaced the ferry."),
        fact("f2", "The universities were closed."),
        fact("f3", "He trusted the policies of the near future."),
        fact("f4", "She walks to the factory and stopped there."),
    ]
    .concat()])
    .await;
    for word in ["news", "police", "neat", "universe", "factor"] {
        let answer = room.ask(&format!("search {word}")).await;
        assert_eq!(
            (answer.kind, entries(&answer).len()),
            (AnswerKind::NothingFound, 0),
            "{word}: {answer:#?}"
        );
    }
    assert_eq!(choice(&room.ask("search universe").await, "universities").line, "search universities");
    for (words, found) in [
        ("bridges", "A new bridge replaced the ferry."),
        ("replacing ferries", "A new bridge replaced the ferry."),
        ("university", "The universities were closed."),
        ("policy", "He trusted the policies of the near future."),
        ("trusting", "He trusted the policies of the near future."),
        ("walked", "She walks to the factory and stopped there."),
        ("stops", "She walks to the factory and stopped there."),
    ] {
        let answer = room.ask(&format!("search {words}")).await;
        assert_eq!((answer.kind, answer.note.clone()), (AnswerKind::Found, None), "{words}: {answer:#?}");
        assert_eq!(entries(&answer), [found], "{words}");
    }
}

/// A right word that no text has is not made another one, and a word that some text has never is.
#[tokio::test]
async fn right_words_are_not_corrected() {
    let room = Room::of(&[&[
        article("right", "en"),
        actor("a1", "Zacharias Topelius", ""),
        fact("f1", "They were giving tanks to those who were billed and long punished."),
        fact("f2", "Topelius lives by the sea."),
    ]
    .concat()])
    .await;
    for words in ["thanks", "killed", "long banished", "living tanks"] {
        let answer = room.ask(&format!("search {words}")).await;
        assert_eq!(answer.note.filter(|note| note.contains("Read")), None, "{words}");
        assert!(!entries(&room.ask(&format!("quote {words}")).await).iter().any(|it| it.contains("tanks")));
    }
    // Offered, it is found.
    let line = choice(&room.ask("search thanks").await, "Did you mean “tanks”?").line.clone();
    assert_eq!(entries(&room.ask(&line).await).len(), 1);
    // "living" is a form of what is there.
    assert!(entries(&room.ask("search living").await).contains(&"Topelius lives by the sea."));
    let told = room.ask("search Topelisu").await;
    assert_eq!(told.note.as_deref(), Some("Read “topelisu” as “topelius”."));
    assert!(entries(&told).contains(&"Topelius lives by the sea."), "{told:#?}");
}

/// A word that no text has counts for nothing but being named.
#[tokio::test]
async fn unknown_words_weigh_nothing() {
    let room = Room::first_article().await;
    for (words, missing) in [
        ("Trump wall", "wall"),
        ("is AMLO a populist", "populist"),
        ("migration caravan", "caravan"),
        ("Trudeau hockey", "hockey"),
    ] {
        let answer = room.ask(&format!("search {words}")).await;
        assert_eq!(answer.kind, AnswerKind::Found, "{words}: {answer:#?}");
        assert!(answer.title.contains(&format!("nothing on “{missing}”")), "{}", answer.title);
        assert!(!entries(&answer).is_empty(), "{words}");
    }
    for message in [
        "Hey folks, I just read that thing over breakfast and honestly I'm not sure the bit about tariffs holds up, lol. What do y'all think?",
        "My cousin who works near Tijuana says that nobody there has seen a single guardsman since Christmas, so I wonder who is deporting anybody",
        "I keep coming back to the same question, namely whether anyone up north will bother listening once the midterms are behind us",
    ] {
        let answer = room.ask(&format!("search \"{message}\"")).await;
        assert!(!entries(&answer).is_empty(), "{message}: {answer:#?}");
    }
}

/// Stop words and stems are those of the article's language.
#[tokio::test]
async fn each_article_is_asked_in_its_language() {
    let english = [
        article("crimes", "en"),
        fact("f1", "Crimes of the war were hidden."),
        fact("f2", "Crimes of the peace were shown."),
        fact("f3", "Such were the ways of that which they do."),
    ]
    .concat();
    let german =
        [article("park", "de"), fact("g1", "Der Park war leer."), fact("g2", "Die Wahl kam.")].concat();
    let spanish =
        [article("voto", "es"), fact("s1", "Los votos fueron de la mujer."), fact("s2", "Es un caso raro.")]
            .concat();
    let room = Room::of(&[&english, &german, &spanish]).await;
    assert_eq!(entries(&room.ask("search war crimes").await), ["Crimes of the war were hidden."]);
    let some = room.ask("search what do they do of the hidden ones and which of them is for peace").await;
    assert_eq!(entries(&some), ["Crimes of the war were hidden.", "Crimes of the peace were shown."]);
    assert_eq!(entries(&room.ask("search the war").await), ["Crimes of the war were hidden."]);
    assert_eq!(entries(&room.ask("search war der Park").await), ["Der Park war leer."]);
    assert_eq!(entries(&room.ask("search voto mujer").await), ["Los votos fueron de la mujer."]);
    // Of German it is not known which endings are of one word: it is told.
    let told = room.ask("search Wahlen").await;
    assert_eq!(told.note.as_deref(), Some("Read “wahlen” as “wahl”."), "{told:#?}");
    let other = room.ask("search casa").await;
    assert_eq!((other.kind, entries(&other).len()), (AnswerKind::NothingFound, 0), "{other:#?}");
    // No English stem in another language.
    let none = room.ask("search parking").await;
    assert_eq!(entries(&none).len(), 0, "{none:#?}");
}

/// Chinese, Japanese and Thai put no spaces between words.
#[tokio::test]
async fn words_are_found_in_writing_without_spaces() {
    let chinese = [
        article("bridge-zh", "zh"),
        actor("a1", "陈小红", "\"校长\""),
        fact("f1", "居民要求县政府公开桥梁预算。"),
        quote("q1", "a1", "桥是大家的"),
    ]
    .concat();
    let japanese = [article("bridge-ja", "ja"), fact("j1", "村役場は橋の費用を発表した")].concat();
    let thai = [article("bridge-th", "th"), fact("t1", "ชาวบ้านขอให้เปิดเผยงบประมาณ")].concat();
    let room = Room::of(&[&chinese, &japanese, &thai]).await;
    for (words, found) in [
        ("县政府", "居民要求县政府公开桥梁预算。"),
        ("预算", "居民要求县政府公开桥梁预算。"),
        ("居民 预算", "居民要求县政府公开桥梁预算。"),
        ("費用", "村役場は橋の費用を発表した"),
        ("งบประมาณ", "ชาวบ้านขอให้เปิดเผยงบประมาณ"),
    ] {
        assert_eq!(entries(&room.ask(&format!("search {words}")).await), [found], "{words}");
    }
    // A question in one run has some of it.
    assert_eq!(entries(&room.ask("search 县政府公开了什么").await), ["居民要求县政府公开桥梁预算。"]);
    assert!(entries(&room.ask("search 府县").await).is_empty());
    assert!(entries(&room.ask("search 桥").await).contains(&"居民要求县政府公开桥梁预算。"));
    room.plain("actor 小红", "陈小红").await;
    room.plain("actor 校长", "陈小红").await;
    room.offered("actor 红", &["陈小红"]).await;
    room.offered("actor 红小", &[]).await;
}

/// What stands at the end of a name and tells it from others counts, though every text has such a word.
/// A word such as "the" before a name is no part of it, and the answer needs no word on how it was read.
#[tokio::test]
async fn an_article_before_a_name_is_no_part_of_it() {
    let room = Room::first_article().await;
    for (line, title) in [
        ("actor the U.S.", "United States"),
        ("actor The Democrats", "Democrats"),
        ("event the summit", "North American Leaders' Summit"),
        ("event the pandemic", "The COVID-19 pandemic"),
        ("topic the environment", "Climate and the green economy"),
    ] {
        let answer = room.ask(line).await;
        assert_eq!((answer.title.as_str(), answer.note), (title, None), "{line}");
    }
    for line in ["actor the", "event in", "actor the a"] {
        assert_eq!(room.ask(line).await.kind, AnswerKind::NothingFound, "{line}");
    }
}

#[tokio::test]
async fn the_last_letter_of_a_name_tells_it_from_others() {
    let room = Room::of(&[&[
        article("crowns", "en"),
        actor("e1", "Elizabeth I", ""),
        actor("e2", "Elizabeth II", ""),
        event("w1", "World War I", "1914"),
        event("w2", "World War II", "1939"),
        event("pa", "Plan A", "1990"),
        event("pb", "Plan B", "1991"),
    ]
    .concat()])
    .await;
    for (line, all) in [
        ("actor Elizabeth", ["Elizabeth I", "Elizabeth II"]),
        ("event World War", ["World War I", "World War II"]),
        ("event Plan", ["Plan A", "Plan B"]),
    ] {
        let answer = room.ask(line).await;
        assert_ne!(answer.kind, AnswerKind::Found, "{line}: {answer:#?}");
        for name in all {
            assert!(answer.choices.iter().any(|it| it.label.ends_with(name)), "{line}: {answer:#?}");
        }
    }
    room.plain("actor Elizabeth I", "Elizabeth I").await;
    room.plain("event World War I", "World War I").await;
    room.plain("event Plan A", "Plan A").await;
}

/// An id hides nothing that people call so, and still can be chosen.
#[tokio::test]
async fn an_id_wins_only_among_what_has_no_such_name() {
    let room = Room::of(&[&[
        article("village", "en"),
        actor("anna-berg", "Anna Berg", "\"Berg\""),
        actor("holm", "Sven Holm", ""),
        quote("berg", "holm", "she counts pennies"),
        quote("loan", "anna-berg", "our children will pay"),
        claim("bread-price", "Bread must be cheap"),
        topic("t1", "Prices").replace("summary", "synonyms = [\"bread price\"]\nsummary"),
    ]
    .concat()])
    .await;
    room.plain("quote berg", "Anna Berg").await;
    room.plain("quote Berg", "Anna Berg").await;
    room.plain("quote loan", "Quote").await;
    // Nobody writes a name so.
    room.plain("source bread-price", "Argument: Bread must be cheap").await;
    room.plain("source bread price", "Topic: Prices").await;
    let found = room.ask("search pennies").await;
    let Some(Block::List { entries, .. }) = found.blocks.first() else { panic!("{found:#?}") };
    let line = entries[0].line.clone().unwrap();
    let chosen = room.ask(&line).await;
    assert!(
        matches!(&chosen.blocks[0], Block::Quotation { words, .. } if words == "she counts pennies"),
        "{line}"
    );
}

#[tokio::test]
async fn comparing_tries_every_place_between_two_names() {
    let room = Room::of(&[&[
        article("pairs", "en"),
        actor("a1", "Smith and Sons", ""),
        actor("a2", "Bread and Roses", ""),
        actor("a3", "Cobden", ""),
        actor("a4", "Torres y Vega", ""),
        actor("a5", "Transylvania", ""),
    ]
    .concat()])
    .await;
    for (line, title) in [
        ("compare Smith and Sons and Cobden", "Smith and Sons and Cobden"),
        ("compare Smith and Sons vs Cobden", "Smith and Sons and Cobden"),
        ("compare Cobden and Smith and Sons", "Cobden and Smith and Sons"),
        ("compare Smith and Sons and Bread and Roses", "Smith and Sons and Bread and Roses"),
        ("compare Smith and Sons Cobden", "Smith and Sons and Cobden"),
        ("compare Torres y Vega y Cobden", "Torres y Vega and Cobden"),
        ("compare Cobden contra Torres y Vega", "Cobden and Torres y Vega"),
        ("compare Cobden con \"Smith and Sons\"", "Cobden and Smith and Sons"),
        ("compare \"Smith and Sons\" to Cobden", "Smith and Sons and Cobden"),
    ] {
        room.plain(line, title).await;
    }
    room.told(
        "compare Transilvania Cobbden",
        "Transylvania and Cobden",
        "Read “Transilvania” as Transylvania. Read “Cobbden” as Cobden.",
    )
    .await;
    // A side that is not clear keeps the other.
    let unclear = room.ask("compare Transyl and Smith and Sons").await;
    let line = &choice(&unclear, "Transylvania").line;
    assert_eq!(room.ask(line).await.title, "Transylvania and Smith and Sons", "{line}");
    let unclear = room.ask("compare Cobden Transyl").await;
    let line = &choice(&unclear, "Transylvania").line;
    assert_eq!(room.ask(line).await.title, "Cobden and Transylvania", "{line}");
}

/// The longest name first, then the date, in either order.
#[tokio::test]
async fn timelines_of_somebody_and_a_date_in_either_order() {
    let mut pack = [
        article("votes", "en"),
        actor("a1", "Teresa Maiwald", "\"Teresa May\", \"Teresa\""),
        event("e1", "She loses", "2017-01")
            .replace("by = \"editor\"\n", "actors = [\"a1\"]\nby = \"editor\"\n"),
    ]
    .concat();
    pack.push_str(
        &event("e2", "She resigns", "2017-05-24")
            .replace("by = \"editor\"\n", "actors = [\"a1\"]\nby = \"editor\"\n"),
    );
    pack.push_str(&event("e3", "Rain falls", "2017-05"));
    let room = Room::of(&[&pack]).await;
    let (one, other) =
        (room.ask("timeline Teresa May 2017").await, room.ask("timeline 2017 Teresa May").await);
    assert_eq!(one.title, "Timeline: Teresa Maiwald, 2017");
    assert_eq!((&one.title, &one.note, entries(&one)), (&other.title, &other.note, entries(&other)));
    assert_eq!(entries(&one), ["She loses", "She resigns"]);
    assert_eq!(entries(&room.ask("timeline May 2017").await), ["Rain falls", "She resigns"]);
}

/// With several articles, what is chosen is found, and names which article it is of.
#[tokio::test]
async fn choices_among_several_articles_lead_on() {
    let one = [
        article("ten", "en")
            .replace("title = \"The ten papers\"", "title = \"Paper 10\"\nauthor = \"madison\""),
        actor("madison", "James Madison", "\"Madison\""),
        topic("faction", "Faction"),
        topic("lag", "Public interest"),
        claim("big", "A large republic"),
        quote("q1", "madison", "men are no angels"),
    ]
    .concat();
    let other = [
        article("eleven", "en")
            .replace("title = \"The eleven papers\"", "title = \"Paper 11\"\nauthor = \"madison\""),
        actor("madison", "James Madison", "\"Madison\""),
        actor("jay", "John Jay", ""),
        topic("faction", "Factions and parties").replace("summary", "synonyms = [\"faction\"]\nsummary"),
        topic("trade", "Trade"),
        claim("small", "A small republic"),
        quote("q2", "jay", "trade is peace"),
    ]
    .concat();
    let room = Room::of(&[&one, &other]).await;
    let several = room.ask("topic faction").await;
    assert_eq!(several.kind, AnswerKind::NothingFound, "{several:#?}");
    assert_eq!(room.ask(&choice(&several, "Faction (in Paper 10)").line).await.title, "Faction");
    assert_eq!(room.ask(&choice(&several, "in Paper 11").line).await.title, "Factions and parties");
    // Arguments of nobody are the author's; an article's name asks for what it has.
    let arguments = room.ask("argument Madison").await;
    assert_eq!(arguments.title, "Arguments of James Madison");
    assert_eq!(entries(&arguments), ["A large republic", "A small republic"]);
    assert_eq!(entries(&room.ask("argument Paper 11").await), ["A small republic"]);
    assert_eq!(room.ask("topic Paper 11").await.title, "Topics of Paper 11");
    let quotes = room.ask("quote Paper 11").await;
    assert!(
        quotes
            .blocks
            .iter()
            .all(|it| matches!(it, Block::Quotation { words, .. } if words == "trade is peace"))
    );
    // Not there, but elsewhere.
    for line in [
        "actor Jay --article ten",
        "quote Jay --article ten",
        "topic trade --article ten",
        "source Jay --article ten",
    ] {
        let answer = room.ask(line).await;
        assert_eq!(answer.kind, AnswerKind::NothingFound, "{line}");
        let found = room.ask(&choice(&answer, "In Paper 11").line).await;
        assert_eq!(found.kind, AnswerKind::Found, "{line}: {found:#?}");
    }
    // An unclear article keeps the question.
    let unclear = room.ask("quote Madison --article paper").await;
    let line = &choice(&unclear, "Paper 10").line;
    assert_eq!(room.ask(line).await.title, "James Madison", "{line}");
    assert!(line.starts_with("quote Madison"), "{line}");
}

/// Whatever is suggested, and then sent, finds just that.
#[tokio::test]
async fn suggestions_mean_what_they_name() {
    let room = Room::first_article().await;
    let mut tried = 0;
    for command in TABLE.iter().filter(|command| command.role == Role::Member) {
        for option in command.options.iter().filter(|it| it.required || command.options[0].name == it.name) {
            // What `--article` names is where to look, and not what is found.
            if option.kind != OptKind::Words || !matches!(option.suggest, Suggest::Names(_)) {
                continue;
            }
            for typed in [
                "", "a", "b", "ca", "d", "el", "m", "mex", "n", "p", "q", "rem", "s", "tr", "u", "w", "the",
                "lopez",
            ] {
                let suggestions = commands::suggest(&room.world, option, typed, None).await;
                let mut values: Vec<&str> = suggestions.iter().map(|it| it.value.as_str()).collect();
                values.sort_unstable();
                values.dedup();
                assert_eq!(values.len(), suggestions.len(), "{} {typed}: {suggestions:?}", command.name);
                for it in suggestions {
                    // What is compared must be of one kind: an actor, an argument, an article.
                    let others: &[&str] = match command.name {
                        "compare" => &["wikileaks", "erdogan-trap", "us-mexico"],
                        _ => &[""],
                    };
                    let mut asked = Vec::new();
                    for other in others {
                        let line = match command.name {
                            "compare" if option.name == "first" => {
                                format!("compare \"{}\" {other}", it.value)
                            }
                            "compare" => format!("compare {other} \"{}\"", it.value),
                            name => format!("{name} \"{}\"", it.value),
                        };
                        asked.push((room.ask(&line).await, line));
                    }
                    asked.sort_by_key(|(answer, _)| answer.kind != AnswerKind::Found);
                    let (answer, line) = asked.swap_remove(0);
                    let said = serde_json::to_string(&answer).unwrap();
                    let title = serde_json::to_string(&it.title).unwrap();
                    let is_it = said.contains(title.trim_matches('"'))
                        || said.contains(title.trim_matches(['"', '“', '”']));
                    assert!(is_it || it.value == "WikiLeaks", "{line} should find {}: {answer:#?}", it.title);
                    assert!(
                        answer.kind == AnswerKind::Found
                            || command.name == "compare"
                            || command.name == "quote",
                        "{line}: {answer:#?}"
                    );
                    assert_eq!(answer.note.filter(|note| note.starts_with("Read")), None, "{line}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 500, "only {tried} were tried");
}
