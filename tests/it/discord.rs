//! The real program against a local stand-in for Discord: what members, moderators, editors and operators
//! do, and what goes wrong on the way.
#![expect(clippy::disallowed_methods, reason = "the program runs in real time")]

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::common::{self, Bot, PackText, pack};
use crate::standin::{
    self, Answer, Call, Channel, Config, Door, End, FaultKind, Member, Message, NO_OPTIONS, Server, Serving,
    Standin, Weather, permissions,
};
use serde_json::{Value, json};

/// A Discord with a server, people in it, and the bot.
struct Scene {
    discord: Standin,
    server: Server,
    channel: Channel,
    ada: Member,
    bot: Bot,
    running: Option<Running>,
}

/// The program, running.
struct Running {
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Scene {
    /// Everything is there, and the bot has not started yet.
    fn new(config: Config, bot: Bot) -> Scene {
        let discord = Standin::start(config);
        let server = discord.server("Reading circle");
        let channel = server.channel("general");
        let ada = server.member("Ada");
        let bot = bot.env("DISCORD_TOKEN", discord.token()).env("RAPPORTEUR_DISCORD_API_URL", discord.url());
        Scene { discord, server, channel, ada, bot, running: None }
    }

    /// The bot with the project's first article, ready to be asked.
    async fn with_the_first_article() -> Scene {
        let bot = Bot::new().pack("us-mexico.toml", common::real_pack());
        Scene::new(config(), bot).start().await
    }

    /// The bot with a small pack.
    async fn with(pack: &PackText) -> Scene {
        Scene::new(config(), Bot::new().pack("doors.toml", pack.text())).start().await
    }

    async fn start(mut self) -> Scene {
        self.running = Some(Running::start(&self.bot));
        self.discord.wait_ready().await;
        self.discord.wait_command("quote").await;
        self
    }

    /// Makes somebody an editor, for the next start.
    fn editor(mut self, listed: &str) -> Scene {
        self.bot = self.bot.env("RAPPORTEUR_ACCESS_EDITORS", listed);
        self
    }

    async fn quote(&self, of: &str) -> Message {
        self.discord.slash(&self.ada, &self.channel, "quote", [("of", of)]).message().await
    }

    fn running(&mut self) -> &mut Running {
        self.running.as_mut().expect("the bot runs")
    }

    /// Ends the bot, and starts it again.
    async fn restart(mut self) -> Scene {
        let status = self.running().end().await;
        assert!(status.success(), "{status}: {}", self.running().log());
        self.start().await
    }
}

impl Running {
    fn start(bot: &Bot) -> Running {
        let mut child = bot.command().arg("run").stdout(Stdio::null()).spawn().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (lines, written) = (BufReader::new(child.stderr.take().unwrap()), Arc::clone(&log));
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut log = written.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Running { child, log }
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    fn signal(&self, signal: &str) {
        let sent = std::process::Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the program to end by itself.
    async fn ended(&mut self) -> ExitStatus {
        let until = Instant::now() + Duration::from_secs(30);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < until, "it does not end: {}", self.log());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn end(&mut self) -> ExitStatus {
        self.signal("-TERM");
        self.ended().await
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let log = self.log();
        assert!(!log.contains("panicked at") || std::thread::panicking(), "{log}");
        if std::thread::panicking() {
            eprintln!("--- the bot's log\n{log}");
        }
    }
}

fn has(message: &Message, text: &str) {
    assert!(message.text().contains(text), "{text:?} is not in: {}", message.text());
}

fn labels(message: &Message) -> Vec<String> {
    message.buttons().into_iter().map(|button| button.label).collect()
}

/// Programs that are started one after the other may identify at once.
fn config() -> Config {
    Config { identify_pause: Duration::ZERO, ..Config::default() }
}

/// A Discord that waits longer for an answer than the real one: for tests that are about something else.
fn patient() -> Config {
    Config { first_answer: Duration::from_secs(20), patience: Duration::from_secs(40), ..config() }
}

/// Who deletes an answer presses this.
const DELETE: &str = "🗑️";

#[tokio::test]
async fn a_member_asks_and_reads_whose_words_they_are() {
    let scene = Scene::with_the_first_article().await;
    let answer = scene.discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
    let message = answer.message().await;
    assert_eq!(answer.ack().await.kind, 4);
    assert!(!message.ephemeral);
    has(&message, "Octavio Paz");
    has(&message, "> “");
    has(&message, "in the author's words");
    let footer = message.embeds[0]["footer"]["text"].as_str().unwrap();
    assert!(footer.starts_with("paragraph ") && footer.contains("reported by the author"), "{footer}");
    assert_eq!(labels(&message), ["Where in the text?", DELETE]);
    // Nothing found is for the caller alone, and says what to do next.
    let nothing = scene.quote("Xi Jinping").await;
    assert!(nothing.ephemeral);
    has(&nothing, "Xi Jinping");
    let found = scene.quote("ocatvio paz").await;
    has(&found, "Read “ocatvio paz” as Octavio Paz");
    scene.discord.check();
}

#[tokio::test]
async fn every_command_answers() {
    let scene = Scene::with_the_first_article().await.editor_now().await;
    let editor = scene.ada.clone();
    for (name, options, expected) in [
        ("quote", vec![("of", "who lost mexico")], "Mexico"),
        ("quote", vec![], "paragraph"),
        ("timeline", vec![("when", "2020")], "2020"),
        ("event", vec![("name", "rose garden")], "Rose Garden"),
        ("actor", vec![("name", "AMLO")], "López Obrador"),
        ("argument", vec![("name", "trilateral")], "trilateral"),
        ("argument", vec![], "¶"),
        ("search", vec![("words", "stolen election")], "election"),
        ("topic", vec![("name", "migration")], "igration"),
        ("topic", vec![], "Migration"),
        ("compare", vec![("first", "Trudeau"), ("second", "amlo")], "Trudeau"),
        ("source", vec![("item", "my way or the highway")], "Paragraph"),
        ("article", vec![], "Author"),
        ("articles", vec![], "us-mexico"),
        ("help", vec![], "/quote"),
        ("help", vec![("command", "quote")], "/quote"),
        ("status", vec![], "Revision"),
        ("revisions", vec![], "answers now"),
        ("audit", vec![], "reload"),
        ("rollback", vec![], "no earlier revision"),
        ("reload", vec![], "Nothing has changed"),
        ("room show", vec![], "decided for this channel"),
    ] {
        let answer = scene.discord.slash(&editor, &scene.channel, name, options.clone());
        let message = answer.message().await;
        assert!(message.text().contains(expected), "/{name} {options:?}: {}", message.text());
    }
    scene.discord.check();
}

impl Scene {
    /// Ada becomes an editor: the program is started again with her on the list.
    async fn editor_now(self) -> Scene {
        let listed = format!("discord:{}", self.ada.id);
        self.server.give(&self.ada, &self.server.role("Staff", permissions::MANAGE_GUILD));
        self.editor(&listed).restart().await
    }
}

#[tokio::test]
async fn suggestions_say_who_is_meant() {
    let scene = Scene::with_the_first_article().await;
    let typed = |name: &'static str, option: &'static str, text: &'static str| {
        scene.discord.autocomplete(&scene.ada, &scene.channel, name, (option, text), NO_OPTIONS)
    };
    let names = |choices: Vec<(String, Value)>| choices.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let unique = |choices: &[(String, Value)]| {
        let values: HashSet<String> = choices.iter().map(|(_, value)| value.to_string()).collect();
        let names: HashSet<&String> = choices.iter().map(|(name, _)| name).collect();
        values.len() == choices.len() && names.len() == choices.len()
    };
    for text in ["", "a", "re", "mexic", "trump"] {
        for (name, option) in [("source", "item"), ("search", "words"), ("quote", "of"), ("actor", "name")] {
            let choices = typed(name, option, text).choices().await;
            assert!(unique(&choices), "/{name} {text}: {choices:?}");
        }
    }
    let amlo = typed("quote", "of", "aml").choices().await;
    assert!(amlo.contains(&("AMLO → Andrés Manuel López Obrador".into(), json!("AMLO"))), "{amlo:?}");
    assert!(
        names(typed("actor", "name", "lopez ob").choices().await).iter().any(|it| it.contains("Obrador"))
    );
    assert!(names(typed("actor", "name", "ocatvio").choices().await).contains(&"Octavio Paz".into()));
    assert_eq!(names(typed("timeline", "when", "199").choices().await)[0][..3], *"199");
    assert!(!names(typed("argument", "name", "tril").choices().await).is_empty());
    assert!(names(typed("topic", "name", "").choices().await).len() > 5);
    assert!(names(typed("help", "command", "qu").choices().await).contains(&"quote".into()));
    assert!(typed("quote", "of", "zzzzqqq").choices().await.is_empty());
    // What is offered is understood.
    for (_, value) in typed("quote", "of", "o").choices().await {
        let message = scene.quote(value.as_str().unwrap()).await;
        assert!(!message.text().contains("goes by"), "{value}: {}", message.text());
    }
    scene.discord.check();
}

#[tokio::test]
async fn an_answer_stays_its_askers_also_after_a_restart() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let first = discord.slash(&scene.ada, channel, "timeline", NO_OPTIONS).message().await;
    has(&first, "(1 of ");
    // Somebody else turns the page and chooses for themselves.
    let ben = scene.server.member("Ben");
    let pressed = discord.press(&ben, &first, "Next page");
    assert_eq!(pressed.ack().await.kind, 4);
    let own = pressed.message().await;
    assert!(own.ephemeral);
    has(&own, "(2 of ");
    assert_eq!(discord.look(&first).text(), first.text());
    // There it goes on in its place.
    assert_eq!(discord.press(&ben, &own, "Next page").ack().await.kind, 7);
    has(&discord.look(&own), "(3 of ");
    let menu = first.menus().remove(0);
    let (label, value, about) = menu.options[0].clone();
    assert!(about.contains("paragraph"), "{about}");
    let chosen = discord.choose(&ben, &first, "", &[&value]).message().await;
    assert!(chosen.ephemeral);
    has(&chosen, label.split(": ").nth(1).unwrap().trim_end_matches('…'));
    assert_eq!(discord.look(&first).text(), first.text());
    // What he opened he can show to all, and it is his.
    let shared = discord.press(&ben, &chosen, "Share here").message().await;
    assert!(!shared.ephemeral);
    assert_eq!(shared.text(), chosen.text());
    assert!(!labels(&shared).contains(&"Share here".into()), "{:?}", labels(&shared));
    has(&discord.press(&scene.ada, &shared, DELETE).message().await, "Only who asked");
    // A moderator turns its pages, and so does who asked.
    let maud = scene.server.member_with("Maud", permissions::MANAGE_MESSAGES);
    assert_eq!(discord.press(&maud, &first, "Next page").ack().await.kind, 7);
    has(&discord.look(&first), "(2 of ");
    assert_eq!(discord.press(&scene.ada, &discord.look(&first), "Previous page").ack().await.kind, 7);
    has(&discord.look(&first), "(1 of ");
    assert!(discord.choose(&maud, &first, "", &[&value]).message().await.ephemeral);
    // Who asked chooses for all; where it stands opens beside the answer, for anybody.
    assert_eq!(discord.choose(&scene.ada, &first, "", &[&value]).ack().await.kind, 7);
    let event = discord.look(&first);
    let scene = scene.restart().await;
    for who in [&ben, &scene.ada] {
        let place = scene.discord.press(who, &event, "Where in the text?").message().await;
        assert!(place.ephemeral);
        has(&place, "Paragraph");
    }
    assert_eq!(scene.discord.look(&first).text(), event.text());
    // Alone with the bot nothing needs to be hidden.
    let dm = scene.discord.dm(&scene.ada);
    let asked = scene.discord.slash(&scene.ada, &dm, "quote", [("of", "Paz")]).message().await;
    assert!(!scene.discord.press(&scene.ada, &asked, "Where in the text?").message().await.ephemeral);
    scene.discord.check();
}

#[tokio::test]
async fn a_change_is_confirmed_privately_and_done_once() {
    let scene = Scene::with(&pack()).await.editor_now().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let first = scene.bot.revision();
    let file = discord.file("doors.toml", pack().edition("green").text(), Serving::Whole);
    discord.send(&Call::slash(&scene.ada, channel, "reload").option("pack", &file)).message().await;
    let second = scene.bot.revision();
    assert_ne!(first, second);
    let list = discord.slash(&scene.ada, channel, "revisions", NO_OPTIONS).message().await;
    let menu = list.menus().remove(0);
    let (_, value, _) = menu.options.iter().find(|(_, value, _)| value.contains(&first)).unwrap().clone();
    discord.choose(&scene.ada, &list, "", &[&value]).ack().await;
    let asks = discord.look(&list);
    assert!(asks.ephemeral);
    has(&asks, &format!("Go back to revision {first}?"));
    has(&asks, &format!("<@{}>", scene.ada.id));
    assert_eq!(scene.bot.revision(), second, "nothing is done yet");
    let yes = labels(&asks).into_iter().find(|label| label.starts_with("Yes")).unwrap();
    let presses = [discord.press(&scene.ada, &asks, &yes), discord.press(&scene.ada, &asks, &yes)];
    let mut kinds = vec![presses[0].ack().await.kind, presses[1].ack().await.kind];
    kinds.sort_unstable();
    assert!(kinds == [4, 7] || kinds == [4, 6], "{kinds:?}");
    wait_until("the outcome is there", || discord.look(&asks).text().contains("answers again")).await;
    assert_eq!(scene.bot.revision(), first);
    let audit = scene.bot.ask("/audit 50").stdout;
    assert_eq!(audit.matches("/rollback").count(), 1, "{audit}");
    discord.check();
}

#[tokio::test]
async fn a_long_line_is_kept_for_its_button() {
    let scene = Scene::with_the_first_article().await;
    let long = "Mexico and the United States, Biden and Trump, López Obrador and the border, the election, \
                democracy and trade, migration and institutions";
    let call = Call::slash(&scene.ada, &scene.channel, "search").option("words", long);
    let message = scene.discord.send(&call.option("private", true)).message().await;
    let next = message.buttons().into_iter().find(|it| it.label == "Next page").unwrap();
    assert!(next.custom_id.unwrap().starts_with("nk:"));
    let scene = scene.restart().await;
    assert_eq!(scene.discord.press(&scene.ada, &message, "Next page").ack().await.kind, 7);
    has(&scene.discord.look(&message), "(2 of ");
    scene.discord.check();
}

#[tokio::test]
async fn a_button_that_can_not_work_any_more_is_disabled() {
    let mut scene = Scene::with(&pack().with(
        "[[quote]]\nid = \"q-gone\"\nwords = \"good neighbors\"\nkind = \"phrase\"\ncontext = \"A phrase.\"\nsource = { paragraph = 3 }\n",
    ))
    .await;
    let message = scene.quote("good neighbors").await;
    assert_eq!(labels(&message), ["Where in the text?", DELETE], "{}", message.text());
    // The quote goes; another process loads the packs anew.
    scene.bot.write_pack("doors.toml", pack().edition("green").text());
    scene.bot.run(["load"]).code(0);
    scene.wait_for_edition("green").await;
    let pressed = scene.discord.press(&scene.ada, &message, "Where in the text?");
    let why = pressed.followup(0).await;
    assert!(why.ephemeral);
    let now = scene.discord.look(&message);
    assert!(now.buttons()[0].disabled && !now.buttons()[1].disabled, "{:?}", now.buttons());
    assert_eq!(now.text(), message.text());
    // One whose key is forgotten says so.
    let long = "Octavio Paz and Elena Ríos, the treaty and the border, walls and doors, the river and the town, \
                borders that divide";
    let found = scene.discord.slash(&scene.ada, &scene.channel, "search", [("words", long)]).message().await;
    let menu = found.menus().remove(0);
    let kept = format!("k:{}", "0".repeat(24));
    let forgotten =
        json!({"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": kept}]});
    assert!(!menu.options.is_empty());
    let old = scene.discord.plant(&found, forgotten);
    let pressed = scene.discord.press(&scene.ada, &old, "Old");
    has(&pressed.followup(0).await, "no longer knows");
    assert!(scene.discord.look(&old).buttons()[0].disabled);
    scene.running().end().await;
    scene.discord.check();
}

impl Scene {
    /// Waits until another process's reload is noticed.
    async fn wait_for_edition(&self, edition: &str) {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let answer = self.discord.slash(&self.ada, &self.channel, "actor", [("name", "Paz")]);
            if answer.message().await.text().contains(&format!("Edition {edition}")) {
                return;
            }
            assert!(Instant::now() < until, "the reload is not noticed");
        }
    }
}

#[tokio::test]
async fn many_choices_are_a_menu() {
    let scene = Scene::with_the_first_article().await;
    let list = scene.discord.slash(&scene.ada, &scene.channel, "help", NO_OPTIONS).message().await;
    assert!(list.ephemeral);
    let menu = list.menus().remove(0);
    assert!(menu.options.len() > 10 && menu.options.len() <= 25);
    let chosen = scene.discord.choose(&scene.ada, &list, "", &[&menu.options[0].1]);
    assert_eq!(chosen.ack().await.kind, 7);
    has(&scene.discord.look(&list), "Write it so");
    scene.discord.check();
}

#[tokio::test]
async fn a_message_is_looked_up_in_the_article() {
    let scene = Scene::with_the_first_article().await;
    let ben = scene.server.member("Ben");
    let said = scene.discord.say(&ben, &scene.channel, "was the election stolen?", None);
    let answer = scene.discord.message_command(&scene.ada, &scene.channel, "Find in the article", &said);
    let message = answer.message().await;
    assert!(message.ephemeral, "whose message it is did not ask");
    has(&message, "election");
    let look_up = async |said: &Message| {
        let answer = scene.discord.message_command(&scene.ada, &scene.channel, "Find in the article", said);
        let message = answer.message().await;
        assert!(message.ephemeral && !message.text().contains("needs more"), "{}", message.text());
        message
    };
    for odd in ["@everyone **look**", &"wall ".repeat(700)] {
        assert!(!look_up(&scene.discord.say(&ben, &scene.channel, odd, None)).await.text().is_empty());
    }
    // Embeds, what a picture shows in words, and the bot's own answers are read.
    let post = |fill: &dyn Fn(&mut standin::Post)| scene.discord.post(&ben, &scene.channel, |it| fill(it));
    let linked = post(&|it| it.embeds = vec![json!({"type": "link", "title": "The stolen election"})]);
    has(&look_up(&linked).await, "election");
    let described = json!({"id": "1", "filename": "a.png", "size": 1, "url": "https://a.b/c", "proxy_url": "https://a.b/c",
        "description": "a stolen election"});
    has(&look_up(&post(&|it| it.attachments = vec![described.clone()])).await, "election");
    let own = scene.quote("Paz").await;
    let found = look_up(&own).await;
    has(&found, "Octavio Paz");
    // What was found can be shown to all.
    let found = look_up(&scene.discord.say(&ben, &scene.channel, "stolen election", None)).await;
    assert!(!scene.discord.press(&scene.ada, &found, "Share here").message().await.ephemeral);
    // What has no words is told so.
    let picture = json!({"id": "1", "filename": "a.png", "size": 1, "url": "https://a.b/c", "proxy_url": "https://a.b/c"});
    has(&look_up(&post(&|it| it.attachments = vec![picture.clone()])).await, "no words to look up");
    has(&look_up(&scene.discord.say(&ben, &scene.channel, "😀", None)).await, "no words to look up");
    scene.discord.check();
}

#[tokio::test]
async fn mentions_and_replies_are_answered_and_talk_is_not() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, channel, &format!("{me} quote Paz"), None);
    let answer = discord.reply_to(&asked).await;
    has(&answer, "Octavio Paz");
    assert!(answer.pings.is_empty());
    // "source?" gives the place.
    let source = discord.say(&scene.ada, channel, "source?", Some(&answer));
    let place = discord.reply_to(&source).await;
    has(&place, "At the words");
    // A list has no single place: all of them are given.
    let asked = discord.say(&scene.ada, channel, &format!("{me} timeline 2020"), None);
    let list = discord.reply_to(&asked).await;
    let source = discord.say(&scene.ada, channel, "Sources?", Some(&list));
    has(&discord.reply_to(&source).await, "paragraph");
    // Talk, other bots and webhooks are left alone.
    let before = discord.bot_messages(channel).len();
    discord.say(&scene.ada, channel, "well said, Paz", Some(&answer));
    discord.say(&scene.ada, channel, "quote Paz", None);
    discord.bot_says("Other", channel, &format!("{me} quote Paz"), None);
    discord.webhook_says("Hook", channel, &format!("{me} quote Paz"));
    discord.say(&scene.ada, channel, &format!("thanks, {me}!"), None);
    let last = discord.say(&scene.ada, channel, &format!("hey {me}, what of the stolen election?"), None);
    let found = discord.reply_to(&last).await;
    has(&found, "stolen election");
    assert!(!labels(&found).iter().any(|label| label.starts_with("Search for")), "{:?}", labels(&found));
    assert_eq!(discord.bot_messages(channel).len(), before + 1);
    // What is only for the caller is not said in a channel.
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    discord.slash(&maud, channel, "room private", [("answers", "on")]).message().await;
    let asked = discord.say(&scene.ada, channel, &format!("{me} quote Paz"), None);
    has(&discord.reply_to(&asked).await, "use the slash command /quote");
    // In direct messages no mention is needed.
    let dm = discord.dm(&scene.ada);
    let asked = discord.say(&scene.ada, &dm, "quote Paz", None);
    has(&discord.reply_to(&asked).await, "Octavio Paz");
    discord.check();
}

#[tokio::test]
async fn a_reply_that_may_not_be_read_gets_the_source_once() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let ben = scene.server.member("Ben");
    // Discord does not show what replies to answers of slash commands say.
    let answer = scene.quote("Paz").await;
    let reply = discord.say(&scene.ada, channel, "source?", Some(&answer));
    let place = discord.reply_to(&reply).await;
    has(&place, "At the words");
    has(&place, "I can't read replies");
    assert_eq!(place.raw["flags"], 1 << 12, "nobody is notified");
    // Talk goes on without the bot.
    let before = discord.bot_messages(channel).len();
    discord.say(&ben, channel, "well said", Some(&answer));
    discord.say(&ben, channel, "I agree", Some(&place));
    discord.say_without_ping(&ben, channel, "so do I", &place);
    // Its own role is told apart from others; what is written to it can't be read.
    let staff = scene.server.role("Staff", 0);
    discord.say(&ben, channel, &format!("<@&{}> quote Paz", staff.id), None);
    let role = scene.server.own_role();
    let asked = discord.say(&ben, channel, &format!("<@&{}> quote Paz", role.id), None);
    has(&discord.reply_to(&asked).await, "Mention me, and not my role");
    assert_eq!(discord.bot_messages(channel).len(), before + 1);
    discord.check();
    // Where the ping reaches the bot, it reads, and answers "source?" alone.
    let config = Config { pings_reach_answers: true, ..config() };
    let scene = Scene::new(config, Bot::new().pack("us-mexico.toml", common::real_pack())).start().await;
    let answer = scene.quote("Paz").await;
    scene.discord.say(&scene.ada, &scene.channel, "well said", Some(&answer));
    let reply = scene.discord.say(&scene.ada, &scene.channel, "Source, please?", Some(&answer));
    let place = scene.discord.reply_to(&reply).await;
    assert!(!place.text().contains("can't read"), "{}", place.text());
    assert_eq!(scene.discord.bot_messages(&scene.channel).len(), 2);
}

#[tokio::test]
async fn an_edited_or_deleted_question_takes_its_answer_along() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, channel, &format!("{me} quote zzzz"), None);
    let answer = discord.reply_to(&asked).await;
    discord.edit(&asked, &format!("{me} quote Paz"));
    wait_until("the answer is edited", || discord.look(&answer).text().contains("Octavio Paz")).await;
    // A preview is no edit, and neither is an edit that asks the same.
    let edits = discord.look(&answer).edits;
    discord.preview(&asked);
    discord.edit(&asked, &format!("{me}  quote Paz "));
    // Who forgets the mention may add it.
    let late = discord.say(&scene.ada, channel, "actor AMLO", None);
    discord.preview(&late);
    discord.edit(&late, &format!("{me} actor AMLO"));
    let second = discord.reply_to(&late).await;
    has(&second, "López Obrador");
    assert_eq!(discord.look(&answer).edits, edits);
    // It holds over a restart, and a removed answer is not in the way.
    let scene = scene.restart().await;
    let discord = &scene.discord;
    discord.edit(&late, &format!("{me} actor Trudeau"));
    wait_until("the answer is edited", || discord.look(&second).text().contains("Trudeau")).await;
    discord.delete(&second);
    discord.edit(&late, &format!("{me} actor Biden"));
    has(&discord.reply_to(&late).await, "Biden");
    // It had to try.
    discord.pardon();
    // Without the mention, or without the question, there is nothing to answer.
    let third = discord.reply_to(&late).await;
    discord.edit(&late, "never mind");
    wait_until("the answer goes", || discord.look(&third).deleted).await;
    discord.delete(&asked);
    wait_until("the answer goes", || discord.look(&answer).deleted).await;
    discord.check();
}

#[tokio::test]
async fn help_and_records_speak_as_discord_does() {
    let scene = Scene::with_the_first_article().await.editor_now().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let one = discord.slash(&scene.ada, channel, "help", [("command", "search")]).message().await;
    assert!(one.ephemeral);
    for told in ["/search words \\[page\\] \\[private\\]", "Find in the article", "only you see"] {
        has(&one, told);
    }
    assert!(!one.text().contains("--"), "{}", one.text());
    let all =
        discord.send(&Call::slash(&scene.ada, channel, "help").option("private", false)).message().await;
    assert!(!all.ephemeral);
    for told in ["Find in the article", "private", "decided for this channel"] {
        has(&all, told);
    }
    let shown = discord.slash(&scene.ada, channel, "room show", NO_OPTIONS).message().await;
    has(&shown, "decided for this channel");
    discord.slash(&scene.ada, channel, "room private", [("answers", "off")]).message().await;
    let audit = discord.slash(&scene.ada, channel, "audit", NO_OPTIONS).message().await;
    has(&audit, &format!("<@{}> /room private", scene.ada.id));
    has(&audit, "<t:");
    has(&discord.slash(&scene.ada, channel, "status", NO_OPTIONS).message().await, "<t:");
    for command in discord.commands(None) {
        assert!(!command.to_string().contains(" room"), "{command}");
    }
    // In direct messages nobody is offered what only editors can do.
    let dm = discord.dm(&scene.ada);
    assert!(!discord.sees(&scene.ada, &dm, "reload") && discord.sees(&scene.ada, &dm, "quote"));
    discord.check();
}

#[tokio::test]
async fn what_is_decided_about_the_article_is_told_as_it_applies() {
    let bot = Bot::new()
        .pack("doors.toml", pack().text())
        .pack("gates.toml", pack().article("gates").edition("red").text().replace("Walls and", "Gates and"));
    let scene = Scene::new(config(), bot).start().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let decide = async |name: Option<&str>, everywhere: bool| {
        let mut call = Call::slash(&maud, channel, "room article");
        if let Some(name) = name {
            call = call.option("name", name);
        }
        if everywhere {
            call = call.option("everywhere", true);
        }
        discord.send(&call).message().await
    };
    let both = async || {
        let text = discord.slash(&scene.ada, channel, "quote", [("of", "q-silence")]).message().await.text();
        text.contains("Edition blue") && text.contains("Edition red")
    };
    has(&decide(None, false).await, "Nothing is decided");
    has(&decide(Some("gates"), true).await, "“Gates and doors”");
    // Asking changes nothing.
    has(&decide(None, false).await, "as decided for the whole server");
    assert!(!both().await);
    has(&decide(Some("all"), false).await, "All articles are meant");
    has(&decide(None, false).await, "All articles are meant when nobody names one, as decided here");
    assert!(both().await);
    has(&discord.slash(&maud, channel, "room show", NO_OPTIONS).message().await, "all of them");
    has(&decide(Some("default"), false).await, "“Gates and doors” is meant");
    assert!(!both().await);
    has(&discord.slash(&maud, channel, "room show", NO_OPTIONS).message().await, "Gates and doors");
    discord.check();
}

#[tokio::test]
async fn numbers_of_hand_made_clients_and_missing_permissions_are_answered() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    for page in [0, -1, 10_001, i64::from(i32::MAX), i64::MIN] {
        let call = Call::slash(&scene.ada, channel, "timeline").option("page", page).forced();
        has(&discord.send(&call).message().await, "page takes a whole number");
    }
    // Text alone, where embeds are refused.
    let plain = scene.server.channel("plain");
    scene.server.overwrite_role(&plain, &scene.server.everyone(), 0, permissions::EMBED_LINKS);
    let me = discord.bot().mention();
    for (line, told) in [("quote Paz", "Octavio Paz"), ("compare Trudeau AMLO", "Trudeau")] {
        let asked = discord.say(&scene.ada, &plain, &format!("{me} {line}"), None);
        let answer = discord.reply_to(&asked).await;
        assert!(answer.embeds.is_empty() && answer.content.contains(told), "{}", answer.text());
    }
    // Not as a reply, where the history is closed.
    let closed = scene.server.channel("closed");
    scene.server.overwrite_role(&closed, &scene.server.everyone(), 0, permissions::READ_MESSAGE_HISTORY);
    discord.say(&scene.ada, &closed, &format!("{me} quote Paz"), None);
    has(&discord.wait_message(&closed, |_| true).await, "Octavio Paz");
    // An address stays one.
    let address = "https://example.org/a_b_c";
    let nothing = discord.slash(&scene.ada, channel, "search", [("words", address)]).message().await;
    assert!(!nothing.text().contains("a\\_b"), "{}", nothing.text());
    let family = "👨\u{200d}👩\u{200d}👧";
    let nothing = discord.slash(&scene.ada, channel, "quote", [("of", family)]).message().await;
    has(&nothing, family);
}

#[tokio::test]
async fn who_asks_while_it_ends_is_told_so() {
    let config = Config { patience: Duration::from_secs(30), ..config() };
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text())).start().await;
    let mut scene = scene.editor_now().await;
    let text = pack().edition("slow").text();
    let serving = Serving::Dribble(text.len() / 8, Duration::from_millis(500));
    let slow = scene.discord.file("doors.toml", text, serving);
    let reload = scene.discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &slow));
    reload.ack().await;
    scene.running().signal("-TERM");
    // The signal is heard at some time.
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let answer = scene.quote("Paz").await;
        if answer.text().contains("restarting") {
            assert!(answer.ephemeral);
            break;
        }
        assert!(Instant::now() < until, "{}", answer.text());
    }
    let me = scene.discord.bot().mention();
    let asked = scene.discord.say(&scene.ada, &scene.channel, &format!("{me} quote Paz"), None);
    has(&scene.discord.reply_to(&asked).await, "restarting");
    has(&reload.wait_for(|it| !it.loading).await, "Loaded: ");
    assert!(scene.running().ended().await.success());
    scene.discord.check();
}

#[tokio::test]
async fn it_answers_in_threads_posts_and_direct_messages() {
    let scene = Scene::with_the_first_article().await;
    let forum = scene.server.forum("Debates");
    let places = [
        scene.server.thread(&scene.channel, "Walls"),
        scene.server.private_thread(&scene.channel, "Quiet walls"),
        scene.server.post(&forum, "Who lost Mexico?"),
        scene.discord.dm(&scene.ada),
    ];
    for place in places {
        let answer = scene.discord.slash(&scene.ada, &place, "quote", [("of", "Paz")]).message().await;
        has(&answer, "Octavio Paz");
    }
    scene.discord.check();
}

#[tokio::test]
async fn who_installed_it_for_themselves_is_answered_anywhere() {
    let scene = Scene::with_the_first_article().await;
    let user = json!({"id": "77", "username": "eve", "discriminator": "0", "avatar": null});
    let interaction = json!({
        "id": "1574568933195776001", "application_id": scene.discord.application_id().to_string(), "type": 2,
        "token": "a-token", "version": 1, "locale": "en-US", "user": user, "entitlements": [],
        "channel_id": "88", "channel": {"id": "88", "type": 3}, "context": 2,
        "app_permissions": "0", "authorizing_integration_owners": {"1": "77"}, "attachment_size_limit": 10_485_760,
        "data": {"id": "5", "name": "quote", "type": 1, "options": [{"name": "of", "type": 3, "value": "Paz"}]},
    });
    scene.discord.dispatch("INTERACTION_CREATE", &interaction);
    let sent = scene.discord.wait_request("an answer", |it| it.path.contains("/a-token/callback")).await;
    assert!(
        sent.body["data"]["embeds"][0]["title"].as_str().unwrap().contains("Octavio Paz"),
        "{}",
        sent.body
    );
}

#[tokio::test]
async fn only_who_asked_or_a_moderator_deletes_an_answer() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let ben = scene.server.member("Ben");
    let maud = scene.server.member_with("Maud", permissions::MANAGE_MESSAGES);
    let answer = scene.quote("Paz").await;
    let refused = discord.press(&ben, &answer, DELETE).message().await;
    assert!(refused.ephemeral);
    has(&refused, "Only who asked");
    // Whoever turns its pages, it stays hers.
    let list = discord.slash(&scene.ada, channel, "timeline", NO_OPTIONS).message().await;
    discord.press(&ben, &list, "Next page").ack().await;
    let turned = discord.look(&list);
    has(&discord.press(&ben, &turned, DELETE).message().await, "Only who asked");
    let nothing = discord.say(&scene.ada, channel, &format!("{} quote zzz", discord.bot().mention()), None);
    let nothing = discord.reply_to(&nothing).await;
    for (who, message) in [(&scene.ada, &turned), (&maud, &answer), (&scene.ada, &nothing)] {
        discord.press(who, message, DELETE).ack().await;
        discord.wait_request("a deletion", |it| it.method == "DELETE").await;
        wait_until("it is deleted", || discord.look(message).deleted).await;
    }
    discord.check();
}

async fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(10);
    while !is_so() {
        assert!(Instant::now() < until, "{what}: that never happens");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn an_answer_is_private_when_asked_for_or_when_the_room_says_so() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let ask = |extra: Option<bool>| {
        let call = Call::slash(&scene.ada, channel, "quote").option("of", "Paz");
        discord.send(&match extra {
            Some(private) => call.option("private", private),
            None => call,
        })
    };
    assert!(ask(Some(true)).message().await.ephemeral);
    assert!(!ask(None).message().await.ephemeral);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let decided = discord.slash(&maud, channel, "room private", [("answers", "on")]).message().await;
    has(&decided, "Answers are only for who asked, here.");
    assert!(ask(None).message().await.ephemeral);
    assert!(!ask(Some(false)).message().await.ephemeral);
    // Somebody who presses a button of a public answer there gets an answer of their own.
    let public = ask(Some(false)).message().await;
    let own = discord.press(&scene.ada, &public, "Where in the text?");
    assert_eq!(own.ack().await.kind, 4);
    assert!(own.message().await.ephemeral);
    discord.check();
}

#[tokio::test]
async fn moderators_decide_for_their_rooms_and_threads_follow() {
    let bot = Bot::new()
        .pack("doors.toml", pack().text())
        .pack("gates.toml", pack().article("gates").edition("red").text().replace("Walls and", "Gates and"));
    let scene = Scene::new(config(), bot).start().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let other = scene.server.channel("other");
    let thread = scene.server.thread(channel, "Walls");
    assert!(!discord.sees(&scene.ada, channel, "room"));
    assert!(discord.sees(&maud, channel, "room"));
    let quote = async |place: &Channel| {
        discord.slash(&scene.ada, place, "quote", [("of", "q-silence")]).message().await.text()
    };
    assert!(quote(channel).await.contains("Edition blue") && quote(channel).await.contains("Edition red"));
    discord.slash(&maud, channel, "room article", [("name", "gates")]).message().await;
    for place in [channel, &thread] {
        let text = quote(place).await;
        assert!(text.contains("Edition red") && !text.contains("Edition blue"), "{text}");
    }
    assert!(quote(&other).await.contains("Edition blue"), "another channel is not touched");
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, &thread, &format!("{me} quote q-silence"), None);
    let text = discord.reply_to(&asked).await.text();
    assert!(text.contains("Edition red") && !text.contains("Edition blue"), "{text}");
    // Another article can still be named, and is offered.
    let offered =
        discord.autocomplete(&maud, channel, "room article", ("name", ""), NO_OPTIONS).choices().await;
    assert_eq!(offered.len(), 2, "{offered:?}");
    // A command is off for the whole server, and on again in one channel.
    let everywhere = [("command", standin_given("compare")), ("use", standin_given("off"))];
    let call = Call::slash(&maud, channel, "room commands").options(everywhere).option("everywhere", true);
    discord.send(&call).message().await;
    let compare = async |who: &Member, place: &Channel| {
        let options = [("first", "Paz"), ("second", "rios")];
        discord.slash(who, place, "compare", options).message().await
    };
    has(&compare(&scene.ada, &other).await, "switched off here");
    has(&compare(&maud, &other).await, "Octavio Paz and Elena Ríos");
    discord.slash(&maud, channel, "room commands", [("command", "compare"), ("use", "on")]).message().await;
    has(&compare(&scene.ada, &thread).await, "Octavio Paz and Elena Ríos");
    let shown = discord.slash(&maud, &thread, "room show", NO_OPTIONS).message().await;
    has(&shown, "Gates and doors");
    // It outlives the program.
    let scene = scene.restart().await;
    let text = scene.quote("q-silence").await.text();
    assert!(text.contains("Edition red") && !text.contains("Edition blue"), "{text}");
    scene.discord.check();
}

fn standin_given(text: &str) -> String {
    text.to_string()
}

#[tokio::test]
async fn members_owners_and_moderators_are_no_editors() {
    let scene = Scene::new(config(), Bot::new().pack("doors.toml", pack().text()));
    let role = scene.server.role("Editors", 0);
    let far = scene.discord.server("Another server");
    let same_name = far.role("Editors", 0);
    let (eve, far_eve) = (scene.server.member("Eve"), far.member("Eva"));
    scene.server.give(&eve, &role);
    far.give(&far_eve, &same_name);
    let listed = format!("discord-role:{}:{}", scene.server.id, role.id);
    let scene = scene.editor(&listed).start().await;
    let discord = &scene.discord;
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let far_channel = far.channel("general");
    assert!(!discord.sees(&scene.ada, &scene.channel, "reload"));
    assert!(discord.sees(&maud, &scene.channel, "reload"), "Discord knows nothing of editors");
    for (who, place) in [
        (&scene.ada, &scene.channel),
        (&maud, &scene.channel),
        (&far.owner(), &far_channel),
        (&far_eve, &far_channel),
        (&scene.server.owner(), &scene.channel),
    ] {
        let answer = discord.send(&Call::slash(who, place, "reload").forced()).message().await;
        assert!(answer.ephemeral);
        has(&answer, "/reload is for editors");
    }
    let answer = discord.send(&Call::slash(&eve, &scene.channel, "reload").forced()).message().await;
    has(&answer, "Nothing has changed");
    // A member can't get at it by a button or a mention either.
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, &scene.channel, &format!("{me} reload"), None);
    has(&discord.reply_to(&asked).await, "/reload is for editors");
    let audit = scene.bot.ask("/audit 50").stdout;
    assert!(audit.contains(&format!("discord:{} /reload refused", scene.ada.id)), "{audit}");
    assert!(audit.contains(&format!("discord:{} /reload done", eve.id)), "{audit}");
    discord.check();
}

#[tokio::test]
async fn an_attached_pack_is_checked_and_loaded() {
    let scene = Scene::with(&pack()).await.editor_now().await;
    let discord = &scene.discord;
    let reload = |file: &standin::File| {
        discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", file))
    };
    // A better edition of the same article takes its place, under its own name.
    let green = discord.file("my_pack.toml", pack().edition("green").text(), Serving::Chunked);
    let answer = reload(&green).message().await;
    assert!(answer.ephemeral);
    has(&answer, "Loaded: ");
    has(&answer, "Changed");
    has(
        &scene.discord.slash(&scene.ada, &scene.channel, "actor", [("name", "Paz")]).message().await,
        "Edition green",
    );
    assert!(std::fs::read_to_string(scene.bot.packs().join("doors.toml")).unwrap().contains("Edition green"));
    // Another article comes beside it, and now an article can be named.
    let gates = discord.file("gates.toml", pack().article("gates").edition("red").text(), Serving::Whole);
    has(&reload(&gates).message().await, "Added");
    wait_until("the option is registered", || {
        let quote = discord.commands(None).into_iter().find(|it| it["name"] == "quote").unwrap();
        quote["options"].as_array().unwrap().iter().any(|it| it["name"] == "article")
    })
    .await;
    // A dry run puts nothing anywhere.
    let dry = discord.file("more.toml", pack().article("more").text(), Serving::Whole);
    let call = Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &dry).option("dry-run", true);
    has(&discord.send(&call).message().await, "A reload would change this");
    let mut packs: Vec<_> =
        std::fs::read_dir(scene.bot.packs()).unwrap().map(|it| it.unwrap().file_name()).collect();
    packs.sort();
    assert_eq!(packs, ["doors.toml", "gates.toml"]);
    discord.check();
}

#[tokio::test]
async fn a_wrong_attached_pack_changes_nothing_and_every_error_is_told() {
    let scene = Scene::with(&pack()).await.editor_now().await;
    let discord = &scene.discord;
    let reload = |file: &standin::File| {
        discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", file))
    };
    let before = scene.bot.revision();
    // A handful of errors fit.
    let broken = pack().edition("bad").text().replace("speaker = \"paz\"", "speaker = \"pas\"");
    let answer = reload(&discord.file("doors.toml", broken, Serving::Whole)).message().await;
    has(&answer, "Nothing was loaded: 1 error");
    has(&answer, "doors.toml:");
    has(&answer, "`pas`");
    assert!(answer.attachments.is_empty());
    // Hundreds are cut, and whole in a file.
    let mut many = pack().text();
    for number in 0..300 {
        many.push_str(&format!("\n[[fact]]\nid = \"f-{number}\"\nstatement = \"s\"\nstanding = \"fact\"\nactors = [\"nobody-{number}\"]\nsource = {{ paragraph = 1 }}\n"));
    }
    let answer = reload(&discord.file("doors.toml", many, Serving::Whole)).message().await;
    has(&answer, "Nothing was loaded: 600 errors");
    assert_eq!(answer.text().matches("```").count() % 2, 0, "a code block is cut open");
    assert_eq!(answer.attachments.len(), 1);
    let sent = discord.requests().into_iter().rev().find(|it| !it.files.is_empty()).unwrap();
    let file = String::from_utf8_lossy(&sent.files[0].bytes).into_owned();
    for number in 0..300 {
        assert!(file.contains(&format!("`nobody-{number}`")), "{number}");
    }
    // What is not even text, on another host, too large, broken off or gone.
    let mut foreign = discord.file("doors.toml", pack().text(), Serving::Whole);
    foreign.url = "http://127.0.0.1:9/attachments/doors.toml".into();
    let large = discord.file("doors.toml", vec![b'#'; 9 << 20], Serving::Chunked);
    let lying = discord.file("doors.toml", vec![b'#'; 9 << 20], Serving::Chunked);
    discord.declare_size(&lying, 10);
    let file = |serving| discord.file("doors.toml", pack().edition("bad").text(), serving);
    let elsewhere = format!("{}/attachments/none", discord.gateway_url().replace("ws:", "http:"));
    for (file, told) in [
        (discord.file("doors.toml", b"\xff\xfe\x00".to_vec(), Serving::Whole), "is not UTF-8"),
        (foreign, "not where Discord keeps files"),
        (large.clone(), "larger than 8 MiB"),
        (lying, "larger than 8 MiB"),
        (file(Serving::BrokenAfter(100)), "can't be fetched"),
        (file(Serving::Status(404)), "can't be fetched"),
        (file(Serving::Redirect(elsewhere)), "can't be fetched"),
    ] {
        let message = reload(&file).wait_for(|it| !it.loading).await;
        assert!(message.text().contains(told), "{told}: {}", message.text());
    }
    assert_eq!(discord.asked_for(&large), 0, "its size was told");
    assert_eq!(scene.bot.revision(), before);
    has(&scene.quote("Paz").await, "Edition blue");
    // Nobody else makes the bot fetch anything.
    let unasked = file(Serving::Whole);
    let maud = scene.server.member_with("Maud", permissions::MANAGE_GUILD);
    let call = Call::slash(&maud, &scene.channel, "reload").option("pack", &unasked);
    has(&discord.send(&call).message().await, "is for editors");
    assert_eq!(discord.asked_for(&unasked), 0);
    discord.check();
}

#[tokio::test]
async fn an_answer_that_takes_long_is_announced_and_put_in() {
    let config = Config { patience: Duration::from_secs(30), ..config() };
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text())).start().await;
    let scene = scene.editor_now().await;
    let discord = &scene.discord;
    let text = pack().edition("slow").text();
    let slow = discord.file(
        "doors.toml",
        text.clone(),
        Serving::Dribble(text.len() / 8, Duration::from_millis(500)),
    );
    let answer = discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &slow));
    let ack = answer.ack().await;
    assert_eq!(ack.kind, 5);
    assert!(ack.took < Duration::from_secs(3), "{:?}", ack.took);
    // Others are answered meanwhile.
    has(&scene.quote("Paz").await, "Edition blue");
    let message = answer.wait_for(|it| !it.loading).await;
    has(&message, "Loaded: ");
    assert!(message.ephemeral);
    // One that never comes is given up.
    let silent = discord.file("doors.toml", text, Serving::Silent);
    let answer = discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &silent));
    has(&answer.wait_for(|it| !it.loading).await, "took too long");
    discord.check();
}

/// Keeps every program from writing to the community database until it is dropped.
struct Held(#[expect(dead_code, reason = "the lock lasts as long as the connection")] rusqlite::Connection);

impl Held {
    fn of(bot: &Bot) -> Held {
        let connection = rusqlite::Connection::open(bot.data().join("community.db")).unwrap();
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        Held(connection)
    }
}

#[tokio::test]
async fn a_slow_disk_delays_answers_and_loses_none() {
    let scene = Scene::with_the_first_article().await;
    let (discord, channel) = (&scene.discord, &scene.channel);
    // Nothing has all of these words: some are found, and the button to the next page has to be kept.
    let words = "Mexico and the United States, Biden and Trump, López Obrador and the border, the election, \
                 democracy and trade, zeppelins";
    let ask = || discord.slash(&scene.ada, channel, "search", [("words", words)]);
    let held = Held::of(&scene.bot);
    // The first time the announcement gets through and its answer is lost.
    discord.fail_next(1, "callback", FaultKind::LostAnswer(502));
    let answer = ask();
    let ack = answer.ack().await;
    assert_eq!((ack.kind, &ack.data["flags"]), (5, &json!(0)), "announced to everyone");
    drop(held);
    // It was announced to everyone, and is only for who asked.
    let own = answer.followup(0).await;
    assert!(own.ephemeral);
    has(&own, "Nothing has all the words");
    discord.wait_request("a second try", |it| it.answer["code"] == 40060).await;
    discord.pardon();
    // A pressed button is acknowledged, and the message changed when there is something to change it to.
    let held = Held::of(&scene.bot);
    let pressed = discord.press(&scene.ada, &own, "Next page");
    assert_eq!(pressed.ack().await.kind, 6);
    drop(held);
    wait_until("the next page", || discord.look(&own).text().contains("(2 of ")).await;
    discord.check();
}

#[tokio::test]
async fn a_hundred_members_ask_while_the_packs_are_loaded_anew() {
    let bot = Bot::new().pack("doors.toml", pack().events(2_000).text());
    let scene = Scene::new(patient(), bot).start().await.editor_now().await;
    let discord = &scene.discord;
    let members: Vec<Member> = (0..100).map(|n| scene.server.member(&format!("Member {n}"))).collect();
    let file = discord.file("doors.toml", pack().edition("green").events(2_000).text(), Serving::Whole);
    let reload = discord.send(&Call::slash(&scene.ada, &scene.channel, "reload").option("pack", &file));
    let mut asked: Vec<Answer> = Vec::new();
    for round in 0..5 {
        for member in &members {
            let name = if round % 2 == 0 { "actor" } else { "source" };
            let option = if round % 2 == 0 { "name" } else { "item" };
            asked.push(discord.slash(member, &scene.channel, name, [(option, "Paz")]));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    has(&reload.wait_for(|it| !it.loading).await, "Loaded: ");
    let mut editions = HashSet::new();
    for answer in &asked {
        let text = answer.wait_for(|it| !it.loading).await.text();
        assert!(text.contains("Octavio Paz"), "{text}");
        editions.extend(["blue", "green"].into_iter().filter(|it| text.contains(&format!("Edition {it}"))));
    }
    assert!(editions.contains("blue"), "{editions:?}");
    has(
        &discord.slash(&scene.ada, &scene.channel, "actor", [("name", "Paz")]).message().await,
        "Edition green",
    );
    discord.check();
}

#[tokio::test]
async fn commands_are_registered_only_when_they_have_changed() {
    let scene = Scene::with_the_first_article().await;
    assert_eq!(scene.discord.puts(), 1);
    let scene = scene.restart().await;
    scene.wait_for_log("commands are registered already").await;
    assert_eq!(scene.discord.puts(), 1);
    // In the servers that the settings name, they are registered there and not everywhere.
    let scene = Scene::new(config(), Bot::new().pack("doors.toml", pack().text()));
    let server = scene.server.id;
    let mut scene =
        Scene { bot: scene.bot.env("RAPPORTEUR_DISCORD_REGISTER_IN", &server.to_string()), ..scene };
    scene.running = Some(Running::start(&scene.bot));
    scene.wait_for_log("commands registered").await;
    assert!(scene.discord.commands(None).is_empty());
    assert!(scene.discord.commands(Some(server)).iter().any(|it| it["name"] == "quote"));
    scene.discord.check();
}

impl Scene {
    async fn wait_for_log(&self, text: &str) {
        wait_until(text, || self.running.as_ref().is_some_and(|it| it.log().contains(text))).await;
    }
}

#[tokio::test]
async fn a_cut_connection_is_resumed_and_nothing_is_lost_or_doubled() {
    let scene = Scene::new(patient(), Bot::new().pack("us-mexico.toml", common::real_pack())).start().await;
    let discord = &scene.discord;
    let mut asked = Vec::new();
    for round in 0..3 {
        for n in 0..20 {
            asked.push((round * 20 + n, discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")])));
            if n == 9 {
                match round {
                    0 => discord.cut(),
                    1 => discord.close(4000),
                    _ => discord.reconnect(),
                }
            }
        }
        for (_, answer) in &asked {
            answer.message().await;
        }
    }
    let acknowledged = |id: &str| {
        let path = format!("/interactions/{id}/");
        discord.requests().iter().filter(|it| it.path.starts_with(&path)).count()
    };
    let ids: HashSet<String> = discord
        .requests()
        .iter()
        .filter_map(|it| it.path.strip_prefix("/interactions/")?.split('/').next().map(Into::into))
        .collect();
    assert_eq!(ids.len(), 60);
    for id in &ids {
        assert_eq!(acknowledged(id), 1, "{id}");
    }
    assert_eq!(discord.identifies(), 1, "the session was kept");
    let resumed = discord.connections().into_iter().skip(1).filter(|it| it.door == Door::Resume).count();
    assert_eq!(resumed, 3);
    discord.check();
}

#[tokio::test]
async fn a_session_that_is_over_is_begun_anew() {
    let scene = Scene::with_the_first_article().await;
    scene.discord.invalidate(false);
    scene.discord.wait_connections(2).await;
    scene.discord.wait_ready().await;
    wait_until("a second identification", || scene.discord.identifies() >= 2).await;
    wait_until("a new session", || scene.discord.connections().last().is_some_and(|it| it.ready)).await;
    has(&scene.quote("Paz").await, "Octavio Paz");
    scene.discord.invalidate(true);
    scene.discord.wait_connections(3).await;
    has(&scene.quote("Paz").await, "Octavio Paz");
    assert_eq!(scene.discord.identifies(), 2);
    scene.discord.check();
}

#[tokio::test]
async fn a_connection_that_goes_quiet_is_replaced() {
    let config = Config { heartbeat_interval: Duration::from_millis(200), ..config() };
    let bot = Bot::new().pack("us-mexico.toml", common::real_pack());
    let scene = Scene::new(config, bot).start().await;
    scene.discord.stall(true);
    let answer = scene.discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
    scene.discord.wait_end(0).await;
    let ends: Vec<End> =
        scene.discord.connections().iter().filter_map(|it| it.end).map(|(_, end)| end).collect();
    assert!(matches!(ends[0], End::BotClosed(Some(4000)) | End::BotCut), "{ends:?}");
    scene.discord.stall(false);
    has(&answer.message().await, "Octavio Paz");
    assert_eq!(scene.discord.identifies(), 1);
}

/// Twelve seconds of a gateway that lets nobody in, and what follows when it does again.
async fn does_not_storm(weather: Weather) {
    let scene = Scene::with_the_first_article().await;
    scene.discord.set_weather(weather);
    let began = Instant::now();
    let before = scene.discord.attempts().len();
    scene.discord.cut();
    // What follows comes ever more rarely.
    scene.discord.wait_attempts(before + 3).await;
    tokio::time::sleep(Duration::from_secs(12).saturating_sub(began.elapsed())).await;
    let attempts = scene.discord.attempts().len() - before;
    assert!(attempts <= 12, "{attempts} attempts in 12 s");
    scene.discord.set_weather(Weather::Fine);
    // A question that is older than 3 s when it is received can't be answered; the next one can.
    let until = Instant::now() + Duration::from_secs(40);
    loop {
        assert!(Instant::now() < until, "it never comes back");
        let answer = scene.discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
        if answer.ack_within(Duration::from_secs(2)).await.is_some() {
            break;
        }
    }
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_cuts_what_is_resumed() {
    does_not_storm(Weather::CutAfterResumed).await;
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_cuts_at_once() {
    does_not_storm(Weather::CutAtOnce).await;
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_is_unavailable() {
    does_not_storm(Weather::Refused(503)).await;
}

#[tokio::test]
async fn it_does_not_storm_a_gateway_that_resets_connections() {
    does_not_storm(Weather::Reset).await;
}

#[tokio::test]
async fn what_can_not_work_ends_the_program_with_a_word() {
    let cases: [(&str, Config, Option<&str>, Option<u16>); 4] = [
        ("does not take the token", config(), Some("MTAw.wrong.token"), None),
        ("too many servers for so few shards", Config { required_shards: Some(4), ..config() }, None, None),
        ("does not take the token", config(), None, Some(4004)),
        ("does not allow the intents", config(), None, Some(4014)),
    ];
    for (told, config, token, close) in cases {
        let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text()));
        let bot = match token {
            Some(token) => scene.bot.without_env("DISCORD_TOKEN").env("DISCORD_TOKEN", token),
            None => scene.bot,
        };
        let mut running = Running::start(&bot);
        if let Some(code) = close {
            scene.discord.wait_ready().await;
            scene.discord.close(code);
        }
        let status = running.ended().await;
        assert_eq!(status.code(), Some(3), "{}", running.log());
        assert!(running.log().contains(told), "{told}: {}", running.log());
        assert!(!running.log().contains("wrong.token"));
    }
}

#[tokio::test]
async fn nothing_set_up_says_what_to_set() {
    Bot::new().run(["run"]).code(3).complains("set DISCORD_TOKEN").complains("rapporteur chat");
    Bot::new().run(["discord", "invite"]).code(3).complains("DISCORD_TOKEN");
}

#[tokio::test]
async fn the_invitation_names_the_bot() {
    let scene = Scene::new(config(), Bot::new());
    let output = scene.bot.run(["discord", "invite"]);
    output.code(0).says(&format!("client_id={}", scene.discord.application_id()));
    output.says("scope=bot+applications.commands").says("integration_type=1");
    // View, send, embed, attach, read history, send in threads: and nothing that moderates.
    output.says("permissions=274878024704");
}

#[tokio::test]
async fn it_ends_well_under_load() {
    let bot = Bot::new().pack("us-mexico.toml", common::real_pack());
    let mut scene = Scene::new(patient(), bot).start().await;
    let asked: Vec<Answer> = (0..200)
        .map(|_| scene.discord.slash(&scene.ada, &scene.channel, "search", [("words", "wall election")]))
        .collect();
    // Some are under way.
    asked[20].ack().await;
    let status = scene.running().end().await;
    assert!(status.success(), "{status}");
    let Some((_, end)) = scene.discord.connections()[0].end else { panic!("the connection stays open") };
    assert_eq!(end, End::BotClosed(Some(1000)));
    // What was taken was answered to the end.
    let seen: Vec<Message> = asked.iter().filter_map(Answer::now).collect();
    assert!(seen.len() >= 20, "{}", seen.len());
    assert!(seen.iter().all(|it| !it.loading));
    scene.discord.check();
}

#[tokio::test]
async fn rate_limits_and_failures_of_the_api_are_sat_out() {
    let scene = Scene::with_the_first_article().await;
    let discord = &scene.discord;
    const CALLBACK: &str = "callback";
    const REPLY: &str = "POST /channels/{id}/messages";
    discord.fail_next(1, CALLBACK, FaultKind::Status(502));
    has(&scene.quote("Paz").await, "Octavio Paz");
    // It was done, but nobody heard: doing it again is no error.
    discord.fail_next(1, CALLBACK, FaultKind::LostAnswer(500));
    has(&scene.quote("Paz").await, "Octavio Paz");
    discord.wait_request("a second try", |it| it.answer["code"] == 40060).await;
    scene.wait_for_log("acknowledged already").await;
    discord.pardon();
    let retry_after = Duration::from_millis(700);
    discord.fail_next(1, CALLBACK, FaultKind::Limited { retry_after });
    has(&scene.quote("Paz").await, "Octavio Paz");
    let me = discord.bot().mention();
    for kind in [
        FaultKind::Limited { retry_after },
        FaultKind::LimitedGlobally { retry_after },
        FaultKind::LimitedShared { retry_after },
        FaultKind::Status(503),
        FaultKind::LostAnswer(502),
    ] {
        discord.fail_next(1, REPLY, kind);
        let asked: Vec<Message> = (0..5)
            .map(|_| discord.say(&scene.ada, &scene.channel, &format!("{me} quote Paz"), None))
            .collect();
        for message in &asked {
            has(&discord.reply_to(message).await, "Octavio Paz");
        }
        let replies: Vec<_> =
            discord.bot_messages(&scene.channel).iter().filter_map(|it| it.replies_to).collect();
        for message in &asked {
            let count = replies.iter().filter(|it| **it == message.id).count();
            assert_eq!(count, 1, "{kind:?}: one question, {count} answers");
        }
    }
    discord.check();
}

#[tokio::test]
async fn shards_are_run_as_the_settings_say() {
    let config = Config { max_concurrency: 4, shards: 2, ..config() };
    let bot = Bot::new().pack("doors.toml", pack().text());
    let scene = Scene::new(config.clone(), bot.env("RAPPORTEUR_DISCORD_SHARDS", "1..3/4"));
    let _running = Running::start(&scene.bot);
    scene.discord.wait_shards(2).await;
    let shards = |discord: &Standin| -> HashSet<String> {
        let identified = discord.connections().into_iter().filter_map(|it| it.identify);
        identified.map(|it| it["shard"].to_string()).collect()
    };
    assert_eq!(shards(&scene.discord), HashSet::from(["[1,4]".into(), "[2,4]".into()]));
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text()));
    let _other = Running::start(&scene.bot);
    scene.discord.wait_shards(2).await;
    assert_eq!(shards(&scene.discord), HashSet::from(["[0,2]".into(), "[1,2]".into()]));
}

#[tokio::test]
async fn acknowledgements_do_not_wait_for_the_global_limit() {
    let scene = Scene::with_the_first_article().await;
    let discord = &scene.discord;
    let retry_after = Duration::from_secs(4);
    discord.fail_next(1, "POST /channels/{id}/messages", FaultKind::LimitedGlobally { retry_after });
    let me = discord.bot().mention();
    let asked = discord.say(&scene.ada, &scene.channel, &format!("{me} quote Paz"), None);
    discord.wait_request("a 429", |it| it.status == 429).await;
    let answer = discord.slash(&scene.ada, &scene.channel, "quote", [("of", "Paz")]);
    assert!(answer.ack().await.took < Duration::from_secs(3));
    has(&discord.reply_to(&asked).await, "Octavio Paz");
    discord.check();
}

#[tokio::test]
async fn shards_wait_for_their_turn_before_they_connect() {
    let config = Config { identify_pause: Duration::from_secs(5), shards: 2, ..Config::default() };
    let scene = Scene::new(config, Bot::new().pack("doors.toml", pack().text()));
    let running = Running::start(&scene.bot);
    scene.discord.wait_shards(2).await;
    assert_eq!(scene.discord.connections().len(), 2, "{}", running.log());
    scene.discord.check();
}

#[tokio::test]
async fn odd_questions_are_answered_and_nobody_is_pinged() {
    let scene = Scene::with_the_first_article().await;
    let odd = [
        "😀",
        "@everyone",
        "<@&1> <#2>",
        "**bold** `code` ||spoiler|| # head",
        "<script>alert(1)</script>",
        "\u{202e}abc",
        "[x](http://evil.example)",
        "a\nb\n> c",
        "' OR 1=1 --",
        "\u{200b}",
    ];
    for text in odd.into_iter().chain([&*"x".repeat(300), &*"wall ".repeat(60)]) {
        for (name, option) in [("quote", "of"), ("search", "words"), ("actor", "name"), ("timeline", "when")]
        {
            let message =
                scene.discord.slash(&scene.ada, &scene.channel, name, [(option, text)]).message().await;
            assert!(!message.text().is_empty() && message.pings.is_empty(), "{text}");
        }
    }
    let me = scene.discord.bot().mention();
    for text in ["", "@everyone", &"😀".repeat(900), "quote \"", "/", "   quote   Paz   "] {
        let asked = scene.discord.say(&scene.ada, &scene.channel, &format!("{me} {text}"), None);
        let reply = scene.discord.reply_to(&asked).await;
        assert!(!reply.text().is_empty() && reply.pings.is_empty() && !reply.pings_everyone);
    }
    scene.discord.check();
}
