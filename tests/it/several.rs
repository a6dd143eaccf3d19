//! Several articles beside one another: whom and what they have in common, and what they are called.

use crate::common::{self, Bot, list};

/// Three small packs in three languages. Of Ana Ruiz all speak; the flood is in two of them under one name, and in
/// the third under another.
#[expect(clippy::too_many_lines, reason = "the text of three packs")]
fn bot() -> Bot {
    let pack = |id: &str, language: &str, head: &str, rest: &str| {
        format!(
            "[article]\nid = \"{id}\"\nlanguage = \"{language}\"\nsummary = \"What {id} says.\"\n{head}\n{rest}"
        )
    };
    let actor = |id: &str, name: &str, extra: &str, summary: &str| {
        format!(
            "\n[[actor]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"person\"\nby = \"editor\"\nsummary = \"{summary}\"\n{extra}\n"
        )
    };
    let event = |id: &str, title: &str, edtf: &str, extra: &str, summary: &str| {
        format!(
            "\n[[event]]\nid = \"{id}\"\ntitle = \"{title}\"\nsummary = \"{summary}\"\nby = \"editor\"\n\
             when = {{ edtf = \"{edtf}\", by = \"editor\" }}\n{extra}\n"
        )
    };
    let argument = |id: &str, title: &str, claim: &str, extra: &str| {
        format!(
            "\n[[argument]]\nid = \"{id}\"\ntitle = \"{title}\"\nclaim = \"{claim}\"\nby = \"editor\"\n{extra}\n"
        )
    };
    let topic = |id: &str, name: &str| {
        format!("\n[[topic]]\nid = \"{id}\"\nname = \"{name}\"\nsummary = \"On {id}.\"\n")
    };
    let river = pack(
        "river",
        "en",
        "title = \"The river\"\nshort = \"No. 1\"\norder = 2\nauthor = \"holt\"\ndate = { edtf = \"1931\", by = \"editor\" }",
        &[
            topic("dams", "Dams"),
            actor("holt", "Ada Holt", "", "She wrote of rivers."),
            actor("ruiz", "Ana Ruiz", "aliases = [\"the engineer\"]", "River says that she built the dam."),
            event(
                "flood",
                "The flood of Vega",
                "1929-05",
                "actors = [\"ruiz\"]",
                "River tells of the water.",
            ),
            argument("dam-held", "The dam held", "It held against the water.", "grounds = [\"flood\"]"),
            argument(
                "dam-failed",
                "The dam failed",
                "It did not hold.",
                "grounds = [\"flood\"]\nattacks = [\"dam-held\"]",
            ),
        ]
        .concat(),
    );
    let casa = pack(
        "casa",
        "es",
        "title = \"La casa\"\nshort = \"II\"\norder = 1\ndate = { edtf = \"1940\", by = \"editor\" }",
        &[
            topic("presas", "Dams"),
            actor("ana", "Ana Ruíz", "", "Casa says that she left the town."),
            event("agua", "The Flood of Vega", "1929-05", "", "Casa tells of the houses."),
            event("fiesta", "The feast", "1930", "", "Casa tells of the dance."),
        ]
        .concat(),
    );
    let haus = pack(
        "haus",
        "de",
        "title = \"The river\"\ndate = { edtf = \"1950\", by = \"editor\" }",
        &[
            actor("ruiz", "A. Ruiz-Vega", "same_as = \"Q7\"", "Haus says that she came back."),
            actor("other", "Ana Ruiz the Younger", "", "Another person."),
            event("flut", "Das Wasser", "1929", "same_as = \"flood-of-vega\"", "Haus tells of the boats."),
        ]
        .concat(),
    );
    // One pack has the words that join all three.
    let river = river
        .replace("id = \"ruiz\"\n", "id = \"ruiz\"\nsame_as = \"q7\"\n")
        .replace("id = \"flood\"\n", "id = \"flood\"\nsame_as = \"flood-of-vega\"\n");
    let bot = Bot::new().pack("river.toml", river).pack("casa.toml", casa).pack("haus.toml", haus);
    bot.ask("/reload").code(0);
    bot
}

#[test]
fn articles_stand_in_their_order_with_what_tells_them_apart() {
    let bot = bot();
    let articles = list(&bot.ask_json("/articles"), "");
    assert_eq!(
        articles,
        [
            "La casa – 1940 (editor's date); language Spanish; 5 items",
            "The river (Ada Holt, 1931) – Ada Holt; 1931 (editor's date); language English; 7 items",
            "The river (1950) – 1950 (editor's date); language de; 4 items",
        ]
    );
    // Its short name is a name.
    bot.ask("/article No. 1").code(0).says("What river says.");
    bot.ask("/timeline --article II").code(0).says("The feast").never_says("Wasser");
    // One title, two articles: both are offered, and told apart.
    bot.ask("/article the river").code(1).says("The river (Ada Holt, 1931)").says("The river (1950)");
}

#[test]
fn a_question_that_names_an_article_is_asked_there() {
    let bot = bot();
    bot.ask("/ask what is La casa about").code(0).says("What casa says.").never_says("river");
    bot.ask("/ask what topics are in La casa").code(0).says("Dams").never_says("river");
    bot.ask("/ask what happened in 1930 in La casa").code(0).says("The feast").never_says("Wasser");
    bot.ask("/ask who is mentioned in La casa").code(0).says("Ana Ruíz").never_says("Ada Holt");
    // Two articles of one title are no article.
    bot.ask("/ask what is The river about").never_says("What river says.").never_says("What haus says.");
    // Somebody's name is somebody's, unless an article is spoken of.
    bot.ask("/ask who is Ana Ruiz").code(0).says("Casa says that she left the town.");
}

#[test]
fn one_person_is_one_answer_with_what_each_article_says() {
    let bot = bot();
    for line in ["/actor Ana Ruiz", "/actor the engineer", "/actor A. Ruiz-Vega", "/actor ana --article all"]
    {
        let answer = bot.ask_json(line);
        assert_eq!(
            list(&answer, "What each article says"),
            [
                "Casa says that she left the town.",
                "River says that she built the dam.",
                "Haus says that she came back."
            ],
            "{line}"
        );
        let leads: Vec<&str> = answer["blocks"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|block| block["title"] == "What each article says")
            .flat_map(|block| block["entries"].as_array().unwrap())
            .filter_map(|entry| entry["lead"].as_str())
            .collect();
        assert_eq!(leads, ["II", "No. 1, by Ada Holt", "The river (1950)"], "{line}");
    }
    // In one article it is that article's.
    bot.ask("/actor Ana Ruiz --article river").code(0).says("built the dam").never_says("left the town");
    bot.ask("/actor Ana Ruiz the Younger").code(0).says("Another person").never_says("built the dam");
    // Every choice of the answer leads somewhere.
    let answer = bot.ask_json("/actor Ana Ruiz");
    for choice in answer["choices"].as_array().unwrap() {
        bot.ask(&format!("/{}", choice["line"].as_str().unwrap())).code(0);
    }
}

#[test]
fn one_event_is_one_line_and_each_article_has_its_say() {
    let bot = bot();
    let timeline = bot.ask_json("/timeline");
    let lines = list(&timeline, "");
    assert_eq!(lines.len(), 2, "{lines:?}");
    let flood = &lines[0];
    for article in ["II, ", "No. 1, ", "The river (1950) (added by the editor)"] {
        assert!(flood.contains(article), "{flood}");
    }
    for line in ["/event flood of vega", "/event Das Wasser"] {
        let says = list(&bot.ask_json(line), "What each article says");
        assert_eq!(says.len(), 3, "{line}: {says:?}");
        assert!(says[0].starts_with("Casa tells of the houses."), "{line}: {says:?}");
        // They do not agree on the date.
        assert!(says[2].contains("When: 1929"), "{line}: {says:?}");
    }
    bot.ask("/event flood of vega --article river").code(0).says("the water").never_says("the houses");
    // The line of the timeline leads to all of them.
    let line = timeline["blocks"][0]["entries"][0]["line"].as_str().unwrap();
    assert_eq!(list(&bot.ask_json(&format!("/{line}")), "What each article says").len(), 3, "{line}");
    // A person's timeline has what any article says of them.
    bot.ask("/timeline Ana Ruiz").code(0).says("flood");
}

#[test]
fn articles_and_arguments_side_by_side() {
    let bot = bot();
    bot.ask("/compare \"La casa\" and \"No. 1\"")
        .code(0)
        .says("What casa says.")
        .says("What river says.")
        .says("Ada Holt")
        .says("Topics in both")
        .says("Casa says that she left the town.")
        .says("River says that she built the dam.")
        .says("It held against the water.");
    bot.ask("/compare dam held and dam failed")
        .code(0)
        .says("It held against the water.")
        .says("It did not hold.")
        .says("“The dam failed” opposes “The dam held”.")
        .says("Grounds of both");
    bot.ask("/compare Ana Ruiz and Ada Holt")
        .code(0)
        .says("left the town")
        .says("built the dam")
        .says("wrote of rivers");
    bot.ask("/compare dam held and Ada Holt").code(2).says("“The dam held” is an argument").says("an actor");
    bot.ask("/compare Ana Ruiz and A. Ruiz-Vega").code(2).says("Both are");
}

#[test]
fn what_is_wrong_with_the_new_keys_is_told_where_it_stands() {
    let pack = common::pack().text();
    for (old, new, says) in [
        (
            "language = \"en\"",
            "language = \"en\"\nshort = \"a short name that is far too long for a list\"",
            "30 characters",
        ),
        ("language = \"en\"", "language = \"en\"\norder = 0", "order = 1"),
        ("id = \"paz\"", "id = \"paz\"\nsame_as = \"Octavio Paz\"", "Q11813"),
        ("kind = \"person\"", "kind = \"person\"\nsame_as = \"q1\"", "both said to be"),
    ] {
        let wrong = pack.replace(old, new);
        let bot = Bot::new().pack("doors.toml", wrong);
        bot.check("doors.toml").code(1).complains(says).complains("doors.toml:");
    }
}

/// Of one article nothing is told apart, and nothing is named that need not be.
#[test]
fn one_article_is_answered_as_ever() {
    let bot = Bot::with(&common::pack());
    bot.ask("/actor Paz").code(0).never_says("What each article says").never_says("in Walls and doors");
    bot.ask("/timeline").code(0).says("The treaty").never_says("Walls and doors");
}

/// Two persons of one name in one article, and a third in another.
fn namesakes() -> Bot {
    let article = |id: &str| {
        format!("[article]\nid = \"{id}\"\ntitle = \"On {id}\"\nlanguage = \"en\"\nsummary = \"S.\"\n")
    };
    let actor = |id: &str, name: &str| {
        format!(
            "\n[[actor]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"person\"\nby = \"editor\"\nsummary = \"It is {name}.\"\n"
        )
    };
    let event = |id: &str, title: &str, edtf: &str, actor: &str| {
        format!(
            "\n[[event]]\nid = \"{id}\"\ntitle = \"{title}\"\nsummary = \"S.\"\nby = \"editor\"\nactors = [\"{actor}\"]\nwhen = {{ edtf = \"{edtf}\", by = \"editor\" }}\n"
        )
    };
    let soul = [
        article("soul"),
        actor("jbrown", "James Brown"),
        actor("abrown", "Anna Brown"),
        event("sings", "Brown sings", "1970", "jbrown"),
        event("paints", "Brown paints", "1970", "abrown"),
    ];
    let desert = [article("desert"), actor("ortega", "Rosa Ortega")];
    let bot = Bot::new().pack("soul.toml", soul.concat()).pack("desert.toml", desert.concat());
    bot.ask("/reload").code(0);
    bot
}

#[test]
fn a_timeline_of_a_name_that_several_go_by_asks_for_one_and_keeps_the_date() {
    let bot = namesakes();
    for line in ["/timeline Brown 1970", "/timeline 1970 Brown", "/timeline Brown"] {
        bot.ask(line).code(1).says("“Brown” could mean several things. Which one?");
        let choices = bot.ask_json(line)["choices"].clone();
        let lines: Vec<&str> =
            choices.as_array().unwrap().iter().filter_map(|choice| choice["line"].as_str()).collect();
        let of =
            |id: &str| lines.iter().find(|line| line.contains(id)).unwrap_or_else(|| panic!("{lines:?}"));
        bot.ask(&format!("/{}", of("jbrown"))).code(0).says("James Brown").says("sings").never_says("paints");
        assert_eq!(of("abrown").contains("1970"), line.contains("1970"), "{lines:?}");
    }
}

#[test]
fn choices_of_a_comparison_across_articles_lead_to_it() {
    let bot = namesakes();
    for line in ["/compare Brown and Ortega", "/compare Ortega and Brown"] {
        let choices = bot.ask_json(line)["choices"].clone();
        let lines = choices.as_array().unwrap().iter().filter_map(|choice| choice["line"].as_str());
        let lines: Vec<&str> = lines.filter(|line| line.starts_with("compare")).collect();
        assert_eq!(lines.len(), 2, "{choices:?}");
        for line in lines {
            bot.ask(&format!("/{line}")).code(0).says("Brown").says("Rosa Ortega");
        }
    }
}
