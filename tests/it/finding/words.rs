//! Words: near ones, stems, unknown ones, several languages.

use rapporteur::answer::AnswerKind;

use crate::common::Room;
use crate::finding::small_packs::{actor, article, choice, entries, event, fact, quote, topic};

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
    room.told("actor Winterfled", "Otto Winterfeld", "Showing Winterfeld for “Winterfled”.").await;
    room.told("topic electoins", "Elections", "Showing Elections for “electoins”.").await;
    room.told("topic election", "Elections", "Showing Elections for “election”.").await;
    room.told(
        "event queen bridge",
        "Opening of the long bridge over the river Elbe by the queen",
        "Showing Opening of the long bridge over the river Elbe by the queen for “queen bridge”.",
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
    assert_eq!(told.note.as_deref(), Some("Showing “topelius” for “topelisu”."));
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
    assert_eq!(told.note.as_deref(), Some("Showing “wahl” for “wahlen”."), "{told:#?}");
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
